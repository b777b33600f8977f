"""The channels, one folder each."""
