"""Template words of the cases room."""
