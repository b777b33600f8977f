"""Writing reports, one verb a file."""
