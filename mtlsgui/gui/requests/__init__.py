"""Requests: ours that wait for a certificate, and others' that were kept."""
