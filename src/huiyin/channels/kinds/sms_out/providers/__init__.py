"""The providers, one folder each."""
