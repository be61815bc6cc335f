"""From what a test saw to what is wrong: pure functions of the evidence, one module a side."""
