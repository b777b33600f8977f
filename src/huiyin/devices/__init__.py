"""Devices at customers: the code on each opens the right form, and their own reports become service."""
