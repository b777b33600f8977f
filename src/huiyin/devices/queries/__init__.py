"""Reading the devices room."""
