"""Kinds of telephone exchanges, one folder each."""
