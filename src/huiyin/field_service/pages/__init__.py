"""Pages of the field service room."""
