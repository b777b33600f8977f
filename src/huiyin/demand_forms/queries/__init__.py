"""Reading demand forms, as far as somebody sees them."""
