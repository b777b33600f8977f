"""Writing customer files, one verb a file."""
