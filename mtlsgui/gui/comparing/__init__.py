"""Two things field by field."""
