"""Writing the contact ledger."""
