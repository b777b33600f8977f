"""Which version of the numbers is in force, and all of them with who and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from huiyin.foundation.kept import kept
from huiyin.foundation.models import ActEntry
from huiyin.promotions.models import GiftRules
from huiyin.working_time.public import calendar_of


@dataclass(frozen=True)
class RulesVersion:
    """One version: its row, who made it when and why ("" for what was shipped), and whether it holds today."""

    row: GiftRules
    by: str
    at: datetime | None
    reason: str
    holds: bool


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


def rules_versions(today: date) -> list[RulesVersion]:
    """Every version, newest first."""
    rows = list(GiftRules.objects.order_by("-version"))
    holding = max(
        (row for row in rows if row.effective_from <= today),
        key=lambda row: (row.effective_from, row.version),
        default=None,
    )
    told = _told(rows)
    return [
        RulesVersion(row, entry.actor_name, entry.at, entry.reason, row is holding)
        if (entry := told.get(row.pk))
        else RulesVersion(row, "", None, "", row is holding)
        for row in rows
    ]


def _told(rows: list[GiftRules]) -> dict[int, ActEntry]:
    label = GiftRules._meta.label_lower
    about = ActEntry.objects.filter(subject=label, subject_id__in=[row.pk for row in rows])
    return {entry.subject_id: entry for entry in about.order_by("-pk")}
