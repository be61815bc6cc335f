"""Wizards: the flow of steps without Qt, and the dialog that shows it."""
