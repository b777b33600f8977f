"""Writing articles."""
