"""Reading gift lists."""
