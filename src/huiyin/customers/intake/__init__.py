"""Customers and purchases in bulk: who is known, and writing many at once; single forms go the same way."""
