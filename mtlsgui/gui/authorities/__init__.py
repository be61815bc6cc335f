"""The page of authorities and what they issued."""
