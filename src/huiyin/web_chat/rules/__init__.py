"""Rules of the web chat room."""
