"""Rules of promises; no framework."""
