"""Pages of the promotions room."""
