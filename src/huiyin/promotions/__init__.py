"""Promotions: lists of gifts that stores hand in, their check, and the errors that are mended (VIS-5, VIS-6)."""
