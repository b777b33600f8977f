"""The records behind a number: one kind of row in one file."""
