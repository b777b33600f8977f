"""Feedback, complaints and service requests, from first word to verdict."""
