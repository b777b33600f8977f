"""Reading for insights."""
