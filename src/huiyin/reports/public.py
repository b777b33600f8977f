"""The door of the reports room."""

from huiyin.reports.actions.make_due import make_due
from huiyin.reports.actions.ship import ship
from huiyin.reports.models import Report

__all__ = ["Report", "make_due", "ship"]
