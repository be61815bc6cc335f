"""The page of preferences, a module for each section, and the dialogs for profiles."""
