"""Pages of demand forms."""
