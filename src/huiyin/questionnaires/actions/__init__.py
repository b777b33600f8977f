"""Writing askings and answers, one verb a file."""
