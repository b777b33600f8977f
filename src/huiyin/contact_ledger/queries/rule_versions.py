"""The versions of the contact rules with who and why, and the working hours they are checked against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from huiyin.contact_ledger.models import ContactRules
from huiyin.foundation.models import ActEntry
from huiyin.working_time.public import calendar_of


@dataclass(frozen=True)
class RulesVersion:
    """One version: its row, who made it when and why ("" for what was shipped), and whether it holds today."""

    row: ContactRules
    by: str
    at: datetime | None
    reason: str
    holds: bool


def newest_rules(today: date) -> ContactRules:
    """The newest version; the shipped numbers (version 0) where the company has none."""
    return ContactRules.objects.order_by("-version").first() or ContactRules(version=0, effective_from=today)


def rules_versions(today: date) -> list[RulesVersion]:
    """Every version, newest first."""
    rows = list(ContactRules.objects.order_by("-version"))
    held = [row for row in rows if row.effective_from <= today]
    holds = max(held, key=lambda row: (row.effective_from, row.version), default=None)
    told = _told(rows)
    return [
        RulesVersion(row, entry.actor_name, entry.at, entry.reason, row is holds)
        if (entry := told.get(row.pk))
        else RulesVersion(row, "", None, "", row is holds)
        for row in rows
    ]


def _told(rows: list[ContactRules]) -> dict[int, ActEntry]:
    label = ContactRules._meta.label_lower
    about = ActEntry.objects.filter(subject=label, subject_id__in=[row.pk for row in rows])
    return {entry.subject_id: entry for entry in about.order_by("-pk")}


def hours_of_week(calendar: str, day: date) -> list[list[tuple[time, time]]]:
    """The working hours by weekday, Monday first, of the week in force on a day.

    Raises:
        NotFound: there is no such calendar.
    """
    week = calendar_of(calendar).week_on(day)
    return [[(interval.start, interval.end) for interval in intervals] for intervals in week]
