"""Policies, plan numbers and scripts as they are shipped; every one is data that a manager changes."""
