"""Why the month's forms are due when they are."""

from __future__ import annotations

from huiyin.demand_forms.models import UnitMonth
from huiyin.demand_forms.queries.numbers import numbers_of
from huiyin.working_time.public import Deadline, calendar_of


def explain_month(calendar: str, version: int, unit_month_id: int) -> Deadline | None:
    """The deadline of a unit's month in a version of a calendar; None where the numbers have changed since."""
    row = UnitMonth.objects.filter(pk=unit_month_id).first()
    if row is None:
        return None
    found = numbers_of(row.unit, receiver=None).due(row.month, calendar_of(calendar, version))
    return found if found.at == row.due_at else None
