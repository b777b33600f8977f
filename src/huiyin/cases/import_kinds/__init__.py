"""Kinds of files that cases come in."""
