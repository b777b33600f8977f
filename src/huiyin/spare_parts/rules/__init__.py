"""Rules of the spare parts room."""
