"""Calendars and exact, explainable arithmetic in working time."""
