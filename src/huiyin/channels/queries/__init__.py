"""Reading the channels room."""
