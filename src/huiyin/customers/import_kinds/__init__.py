"""Files that fill the customers room, one kind a file."""
