"""Records that are due: built, checked, submitted, approved."""
