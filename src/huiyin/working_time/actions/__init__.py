"""Changing calendars, one verb a file; every change is a new version."""
