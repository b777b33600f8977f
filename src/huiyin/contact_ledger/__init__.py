"""The contact ledger: may this person be contacted now, by this way, and why (not)? (VIS-15)."""
