"""Verbs of the devices room, one a file."""
