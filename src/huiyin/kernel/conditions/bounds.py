"""The span of time or numbers a test lets through: one reckoning for rows in Python and in SQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from huiyin.kernel.conditions.tests import Is, Test

DAY = timedelta(days=1)


def moment_bounds(test: Test, now: datetime) -> tuple[datetime | None, datetime | None]:
    """From which moment on (included) and before which one; days begin at midnight in the zone of ``now``."""
    return MOMENTS[test.comparison](now, test.value)


def day_bounds(test: Test, today: date) -> tuple[date | None, date | None]:
    """The same for whole days."""
    return DAYS[test.comparison](today, test.value)


def _begin(day: date, now: datetime) -> datetime:
    return datetime.combine(day, time(), now.tzinfo)


JUST = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
MOMENTS: dict[Is, Callable[[datetime, Any], tuple[datetime | None, datetime | None]]] = {
    Is.PAST: lambda now, _: (None, now),
    Is.NEXT_HOURS: lambda now, hours: (now, now + HOUR * hours),
    Is.NEXT_DAYS: lambda now, days: (now, now + DAY * days),
    Is.LAST_DAYS: lambda now, days: (now - DAY * days, now + JUST),
    Is.DAYS_AGO: lambda now, days: (None, now - DAY * days),
    Is.TODAY: lambda now, _: (_begin(now.date(), now), _begin(now.date() + DAY, now)),
    Is.SINCE: lambda now, day: (_begin(day, now), None),
    Is.UNTIL: lambda now, day: (None, _begin(day + DAY, now)),
}
DAYS: dict[Is, Callable[[date, Any], tuple[date | None, date | None]]] = {
    Is.PAST: lambda today, _: (None, today),
    Is.NEXT_DAYS: lambda today, days: (today, today + DAY * (days + 1)),
    Is.LAST_DAYS: lambda today, days: (today - DAY * days, today + DAY),
    Is.DAYS_AGO: lambda today, days: (None, today - DAY * days),
    Is.TODAY: lambda today, _: (today, today + DAY),
    Is.SINCE: lambda _, day: (day, None),
    Is.UNTIL: lambda _, day: (None, day + DAY),
}
