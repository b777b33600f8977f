"""Pages of the cases room, one a file."""
