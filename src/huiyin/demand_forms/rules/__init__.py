"""Rules of demand forms; no framework."""
