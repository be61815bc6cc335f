"""One connection test: what is asked, the handshake as it went, the remedies."""
