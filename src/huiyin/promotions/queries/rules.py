"""Which version of the numbers is in force, and all of them with who and why."""

from __future__ import annotations

from datetime import date, datetime

from huiyin.foundation.kept import kept
from huiyin.foundation.versions import Version, versions_of
from huiyin.promotions.models import GiftRules
from huiyin.working_time.public import calendar_of


@kept
def rules_in_force(day: date) -> GiftRules:
    """The numbers in force on ``day``; the shipped ones (version 0, not saved) where the company has none."""
    found = GiftRules.objects.filter(effective_from__lte=day).order_by("-effective_from", "-version").first()
    return found or GiftRules(version=0, effective_from=day)


def today_of(now: datetime, calendar: str = "standard") -> date:
    """The day it is where the calendar holds."""
    return now.astimezone(calendar_of(calendar).zone).date()


def newest_rules(today: date) -> GiftRules:
    """The newest version; the shipped numbers (version 0) where the company has none."""
    return GiftRules.objects.order_by("-version").first() or GiftRules(version=0, effective_from=today)


def rules_versions(today: date) -> list[Version]:
    """Every version, newest first."""
    return versions_of(GiftRules.objects.all(), today)
