"""Writing demand forms, one verb a file."""
