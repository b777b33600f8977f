"""The door of the field service room."""

from huiyin.field_service.actions.plan_visit import plan_visit
from huiyin.field_service.actions.ship import ship
from huiyin.field_service.events import EngineerArrived, SiteVisitDone, SiteVisitPlanned
from huiyin.field_service.models import ServiceReport, SiteVisit

__all__ = [
    "EngineerArrived",
    "ServiceReport",
    "SiteVisit",
    "SiteVisitDone",
    "SiteVisitPlanned",
    "plan_visit",
    "ship",
]
