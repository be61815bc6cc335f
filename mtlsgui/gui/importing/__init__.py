"""Importing: what files hold into the workspace, shown before it is kept."""
