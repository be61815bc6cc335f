"""The first page: the whole workspace at a glance."""
