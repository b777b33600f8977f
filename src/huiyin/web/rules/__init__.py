"""Rules of the look: how a clock reads."""
