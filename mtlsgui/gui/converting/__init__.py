"""The page that turns what came into what is needed."""
