"""Rules of notices to staff on the platforms they work in."""
