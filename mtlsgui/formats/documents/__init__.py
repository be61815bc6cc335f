"""Documents and archives that hold certificates among other things."""
