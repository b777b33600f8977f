"""Rules of gift lists: plain functions and tables."""
