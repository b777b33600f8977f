"""Rules of the customers room; no framework."""
