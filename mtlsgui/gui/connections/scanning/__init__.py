"""Many servers tested at once, in a process of its own, and a table of what came of each."""
