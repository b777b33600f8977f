"""Files that spare parts come in."""
