"""Who used how much of the time: the working time of a case with one department, and what of it stood still."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from huiyin.working_time.rules.arithmetic import working_time_between
from huiyin.working_time.rules.calendar import WorkingCalendar
from huiyin.working_time.rules.pauses import Pause, standstills

Stretch = tuple[datetime, datetime | None]
"""From when to when a clock stood still; one without an end still does."""


def time_within(
    calendar: WorkingCalendar, since: datetime, until: datetime, stretches: Sequence[Stretch]
) -> tuple[timedelta, timedelta]:
    """The working time between two moments that ran, and that stood still (overlapping stretches count once)."""
    inside = [(max(begin, since), min(end or until, until)) for begin, end in stretches if begin < until]
    pauses = standstills([Pause(begin, end) for begin, end in inside if begin < end])
    stopped = sum((working_time_between(calendar, begin, end) for begin, end in pauses), timedelta(0))
    whole = max(working_time_between(calendar, since, until), timedelta(0))
    return whole - stopped, stopped
