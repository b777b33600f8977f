"""Who is on duty when (ORG-4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from huiyin.organisation.models import Shift
from huiyin.organisation.rules.shifts import Day, Duty, Stretch


def duties_of(staff: Iterable[int], first: date, last: date) -> dict[int, Duty]:
    """The shifts of people who have some of their own, single days from ``first`` to ``last`` included."""
    rows = Shift.objects.filter(staff__in=list(staff)).exclude(day__lt=first).exclude(day__gt=last)
    weeks: dict[int, dict[int, Day]] = defaultdict(dict)
    days: dict[int, dict[date, Day]] = defaultdict(dict)
    for row in rows.order_by("start"):
        stretch = Stretch(row.start, row.end)
        if row.day is not None:
            days[row.staff_id][row.day] = (*days[row.staff_id].get(row.day, ()), stretch)
        elif row.weekday is not None:
            weeks[row.staff_id][row.weekday] = (*weeks[row.staff_id].get(row.weekday, ()), stretch)
    return {pk: Duty(weeks.get(pk, {}), days.get(pk, {})) for pk in (*weeks, *days)}


def duty_of(staff_id: int) -> Duty:
    """One person's shifts with every single day from now on and before."""
    return duties_of([staff_id], date.min, date.max).get(staff_id, Duty())
