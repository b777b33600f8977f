"""Reading the web chat room."""
