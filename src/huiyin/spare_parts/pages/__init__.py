"""Pages of the spare parts room."""
