"""The numbers of the board, one a file."""
