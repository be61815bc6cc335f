"""Exporting certificates and keys: what, how, where to; shown before it is written."""
