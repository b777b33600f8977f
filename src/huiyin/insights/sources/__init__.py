"""What figures are made of, one source a file: which records, which day they belong to, what is counted of them."""
