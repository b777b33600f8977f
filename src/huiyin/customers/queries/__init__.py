"""Reading customer files."""
