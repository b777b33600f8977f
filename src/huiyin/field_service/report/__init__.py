"""The service report as a paper."""
