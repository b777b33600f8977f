"""Verbs of the web chat room, one a file."""
