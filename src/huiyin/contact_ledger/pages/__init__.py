"""Pages of the contact ledger."""
