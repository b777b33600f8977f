"""The contact rules as plain values, their versions with who and why, and the hours they are checked against."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from huiyin.contact_ledger.models import ContactRules
from huiyin.contact_ledger.rules.numbers import numbers_to
from huiyin.foundation.versions import Version, versions_of
from huiyin.working_time.public import calendar_of


def newest_rules(today: date) -> ContactRules:
    """The newest version; the shipped numbers (version 0) where the company has none."""
    return ContactRules.objects.order_by("-version").first() or ContactRules(version=0, effective_from=today)


def rules_versions(today: date) -> list[Version]:
    """Every version, newest first."""
    return versions_of(ContactRules.objects.all(), today)


def rules_content(rules: ContactRules) -> dict[str, Any]:
    """A version as its form and its file show it, complete."""
    return {"calendar": rules.calendar, "numbers": numbers_to(rules.contact_numbers), "note": rules.note}


def hours_of_week(calendar: str, day: date) -> list[list[tuple[time, time]]]:
    """The working hours by weekday, Monday first, of the week in force on a day.

    Raises:
        NotFound: there is no such calendar.
    """
    week = calendar_of(calendar).week_on(day)
    return [[(interval.start, interval.end) for interval in intervals] for intervals in week]
