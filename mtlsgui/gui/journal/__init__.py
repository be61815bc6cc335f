"""The page that shows who did what, when."""
