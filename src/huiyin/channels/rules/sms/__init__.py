"""Rules of short messages: numbers, lengths, wordings, quiet hours, opt-outs, receipts."""
