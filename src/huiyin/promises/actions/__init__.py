"""Writing the ledger, one verb a file."""
