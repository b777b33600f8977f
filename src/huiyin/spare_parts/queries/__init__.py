"""Reading of stock, needs and the ledger."""
