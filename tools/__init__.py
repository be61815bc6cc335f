"""What the Makefile and the tests run; no part of the installed application."""
