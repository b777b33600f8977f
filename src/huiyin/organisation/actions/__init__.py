"""Writing the organisation, one verb a file."""
