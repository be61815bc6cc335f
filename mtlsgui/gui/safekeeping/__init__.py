"""Keeping keys and the workspace safe: backups, moving, passphrases, what a crash left."""
