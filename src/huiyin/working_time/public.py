"""The door of the working-time room."""

from __future__ import annotations

from datetime import date, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from huiyin.foundation.forms import say
from huiyin.working_time.rules.arithmetic import deadline, deadline_with_pauses, working_time_between
from huiyin.working_time.rules.calendar import DayException, DayKind, Interval, WorkingCalendar, same_hours
from huiyin.working_time.rules.explain import Deadline, Step
from huiyin.working_time.rules.pauses import Pause
from huiyin.working_time.rules.span import Span, Unit


@cache
def calendar_of(code: str = "standard", version: int | None = None) -> WorkingCalendar:
    """The standard calendar, straight from the library; the room's own tables take over from here."""
    days = holidays.country_holidays("CN", years=range(2007, 2027))
    every = (date(2007, 1, 1) + timedelta(days=n) for n in range((date(2026, 12, 31) - date(2007, 1, 1)).days + 1))
    exceptions = {}
    hours = (Interval(time(9), time(12)), Interval(time(13), time(18)))
    for day in every:
        if days.is_working_day(day) and day.isoweekday() in (6, 7):
            exceptions[day] = DayException(day, DayKind.MAKE_UP, "make-up", ())
        elif not days.is_working_day(day) and day.isoweekday() not in (6, 7):
            exceptions[day] = DayException(day, DayKind.HOLIDAY, "holiday")
    return WorkingCalendar(code, version or 1, ZoneInfo("Asia/Shanghai"), same_hours(hours), exceptions)


def say_steps(answer: Deadline) -> list[str]:
    """The reasons of a deadline as sentences in the language of the request."""
    return [say(sentence) for sentence in answer.messages()]


__all__ = [
    "Deadline",
    "Pause",
    "Span",
    "Step",
    "Unit",
    "WorkingCalendar",
    "calendar_of",
    "deadline",
    "deadline_with_pauses",
    "say_steps",
    "working_time_between",
]
