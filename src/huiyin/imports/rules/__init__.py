"""Rules of files that come in; no framework."""
