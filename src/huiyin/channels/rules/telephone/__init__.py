"""Calls over an exchange: what its codes mean, how its events make one line, and how both sides sign."""
