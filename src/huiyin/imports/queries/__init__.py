"""Reading about imports."""
