"""Which version of the numbers and checks is in force."""

from __future__ import annotations

from datetime import date, datetime

from huiyin.field_service.models import FieldRules
from huiyin.foundation.kept import kept
from huiyin.foundation.versions import Version, versions_of
from huiyin.working_time.public import calendar_of


@kept
def rules_in_force(day: date) -> FieldRules:
    """The version in force on ``day``; ``huiyin migrate`` puts the first one in place."""
    return FieldRules.objects.filter(effective_from__lte=day).order_by("-effective_from", "-version")[0]


def today_of(now: datetime, calendar: str = "standard") -> date:
    """The day it is where the calendar holds."""
    return now.astimezone(calendar_of(calendar).zone).date()


def newest_rules() -> FieldRules:
    """The newest version."""
    return FieldRules.objects.order_by("-version")[0]


def rules_versions(today: date) -> list[Version]:
    """Every version, newest first."""
    return versions_of(FieldRules.objects.all(), today)
