"""What is done with gift lists, one verb a file."""
