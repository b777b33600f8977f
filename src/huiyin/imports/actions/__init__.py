"""Writing about imports, one verb a file."""
