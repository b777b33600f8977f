"""The mounted REST API."""
