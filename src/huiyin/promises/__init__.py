"""The ledger of promises: due, warned, paused, kept, broken, escalated."""
