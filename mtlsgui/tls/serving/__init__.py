"""A TLS server for tests that asks its clients for certificates, and says what it saw of them."""
