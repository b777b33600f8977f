"""The contact ledger."""
