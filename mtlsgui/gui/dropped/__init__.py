"""The page that shows what is in files, before anything of it is stored."""
