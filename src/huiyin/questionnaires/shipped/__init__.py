"""The questionnaires every company starts with, as data."""
