"""Rules of the knowledge room."""
