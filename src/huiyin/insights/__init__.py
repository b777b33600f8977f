"""Figures with their n and interval, each opening its records."""
