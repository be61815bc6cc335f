"""The local test server: clients are pointed at it, and it says what is wrong with each."""
