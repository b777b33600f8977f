"""Tables of the field service room."""

from huiyin.field_service.models.report import ServiceReport
from huiyin.field_service.models.rules import FieldRules
from huiyin.field_service.models.visit import SiteVisit
from huiyin.field_service.models.work import VisitCheck, VisitEntry, VisitPhoto

__all__ = ["FieldRules", "ServiceReport", "SiteVisit", "VisitCheck", "VisitEntry", "VisitPhoto"]
