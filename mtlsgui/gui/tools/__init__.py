"""The page "Tools": what is in files, and what can be made of them."""
