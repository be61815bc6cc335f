"""Testing many servers at once, in a process of its own that can be killed at any moment."""
