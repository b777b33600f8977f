"""Customer files, products, purchases, imports."""
