"""Rules of the organisation; no framework."""
