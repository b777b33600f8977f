"""Kinds of files that gift lists come in."""
