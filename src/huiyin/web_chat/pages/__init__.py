"""Pages of the web chat room."""
