"""Reading the contact ledger."""
