"""Rules of the channels room; no framework."""
