"""Pure rules of the contact ledger."""
