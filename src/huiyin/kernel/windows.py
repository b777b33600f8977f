"""When customers may be called (VIS-14): the company's call windows inside its working hours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta


@dataclass(frozen=True)
class CallWindow:
    """Hours of the day (company's zone) in which customers are called, and weekdays (Monday 0) on which they aren't."""

    start: time
    end: time
    not_on: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True)
class OpenWindow:
    """One call window of one day, already cut to the working hours; aware moments in the company's zone."""

    start: datetime
    end: datetime

    @property
    def day(self) -> date:
        """The day it lies in."""
        return self.start.date()

    @property
    def minutes(self) -> int:
        """Its length in minutes."""
        return int((self.end - self.start) / timedelta(minutes=1))


@dataclass(frozen=True)
class Hours:
    """Hours of the day a customer likes to be called in (company's zone)."""

    start: time
    end: time


@dataclass(frozen=True)
class Liked:
    """When a customer likes to be called: hours of the day and ISO weekdays (1 = Monday); empty means any."""

    hours: tuple[Hours, ...] = ()
    weekdays: frozenset[int] = frozenset()


ANY_TIME = Liked()
PARTS_OF_DAY = {
    "any": (),
    "morning": (Hours(time(0), time(12)),),
    "afternoon": (Hours(time(12), time(18)),),
}


def open_windows(
    windows: Sequence[CallWindow], working_hours: Iterable[tuple[datetime, datetime]], not_before: datetime
) -> tuple[OpenWindow, ...]:
    """The call windows inside working hours that end after ``not_before``, in order.

    ``working_hours`` are the working intervals of the days in question, aware, in the company's zone: a closed day
    has none, a half day cuts the window.
    """
    found = []
    for opens, closes in working_hours:
        for window in windows:
            if opens.weekday() in window.not_on:
                continue
            start = max(opens, datetime.combine(opens.date(), window.start, opens.tzinfo), not_before)
            end = min(closes, datetime.combine(opens.date(), window.end, opens.tzinfo))
            if start < end:
                found.append(OpenWindow(start.astimezone(opens.tzinfo), end))
    return tuple(sorted(found, key=lambda window: window.start))


def liked_parts(window: OpenWindow, liked: Liked) -> list[OpenWindow]:
    """The parts of a window that suit the customer; the whole window when nothing was said."""
    if liked.weekdays and window.day.isoweekday() not in liked.weekdays:
        return []
    if not liked.hours:
        return [window]
    zone, parts = window.start.tzinfo, []
    for hours in liked.hours:
        start = max(window.start, datetime.combine(window.day, hours.start, zone))
        end = min(window.end, datetime.combine(window.day, hours.end, zone))
        if start < end:
            parts.append(OpenWindow(start, end))
    return parts


def minutes_inside(window: OpenWindow, liked: Liked) -> int:
    """How many minutes of the window suit the customer."""
    return sum(part.minutes for part in liked_parts(window, liked))
