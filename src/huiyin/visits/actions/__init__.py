"""Writing visits, one verb a file."""
