"""Rules of the field service room."""
