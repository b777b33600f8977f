"""Spare parts: what there is, where it lies, who wants it, and a ledger in which nothing is lost (CAS-9)."""
