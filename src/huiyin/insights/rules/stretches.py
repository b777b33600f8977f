"""Days as stretches: few conditions for the database instead of many."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

Stretch = tuple[date, date]
"""From the first day up to, without, the second."""

ONE_DAY = timedelta(days=1)
NEAR = timedelta(days=4)
MOST = 12


def days_between(first: date, after: date) -> list[date]:
    """Every day from ``first`` up to, without, ``after``."""
    return [first + timedelta(days=place) for place in range((after - first).days)]


def stretches_over(days: Iterable[date]) -> tuple[Stretch, ...]:
    """Stretches that cover all these days, and few others: days that lie near each other share one."""
    found: list[Stretch] = []
    for day in sorted(days):
        if found and day - found[-1][1] < NEAR:
            found[-1] = (found[-1][0], day + ONE_DAY)
        else:
            found.append((day, day + ONE_DAY))
    return tuple(found) if len(found) <= MOST else ((found[0][0], found[-1][1]),)
