"""What goes with a connection test: addresses, tests that are kept, results that are compared."""
