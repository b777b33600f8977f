"""Who works which part of which day (ORG-4); without shifts of one's own the company's calendar holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import pairwise

from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

DAYS_IN_WEEK = 7
MOST_A_DAY = 4


@dataclass(frozen=True, order=True)
class Stretch:
    """A part of a day by the company's wall clock; it ends on the same day."""

    start: time
    end: time

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


Day = tuple[Stretch, ...]


@dataclass(frozen=True)
class Duty:
    """One person's shifts: a week that repeats (by weekday, 0 = Monday), and single days that are different.

    A person without a week works as the calendar says. With one, a weekday without a shift is free.
    """

    week: Mapping[int, Day] = field(default_factory=dict)
    days: Mapping[date, Day] = field(default_factory=dict)

    def on(self, day: date) -> Day | None:
        """The shifts of a day; None: as the calendar says."""
        if day in self.days:
            return self.days[day]
        return self.week.get(day.weekday(), ()) if self.week else None

    def covers(self, start: datetime, end: datetime) -> bool:
        """Whether the person is on duty all the time between two moments of one day, told by the company's clock."""
        shifts = self.on(start.date())
        if shifts is None:
            return True
        reached = start.time()
        for shift in shifts:
            if shift.start <= reached:
                reached = max(reached, shift.end)
        return start.date() == end.date() and reached >= end.time()


def day_from(text: str) -> Day:
    """The shifts of one day as people type them: ``8:30-12:00, 13:00-17:30``; "" is a day without.

    Raises:
        Invalid: a part cannot be read, ends before it begins, or overlaps with another.
    """
    parts = [part for part in text.replace("，", ",").replace("、", ",").split(",") if part.strip()]
    stretches = sorted(_stretch(part) for part in parts)
    if len(stretches) > MOST_A_DAY or any(one.end > other.start for one, other in pairwise(stretches)):
        raise Invalid(message(_("Shifts of one day must not overlap; at most %(most)d a day."), most=MOST_A_DAY))
    return tuple(stretches)


def _stretch(text: str) -> Stretch:
    plain = text.strip().replace("：", ":").replace("–", "-").replace("—", "-").replace("~", "-").replace("至", "-")
    begin, dash, finish = plain.partition("-")
    try:
        start, end = (datetime.strptime(each.strip(), "%H:%M").time() for each in (begin, finish))  # noqa: DTZ007
    except ValueError:
        raise Invalid(message(_("“%(shift)s” is no shift. Write it like 8:30-12:00."), shift=text.strip())) from None
    if not dash or end <= start:
        raise Invalid(message(_("“%(shift)s” does not end after it begins."), shift=text.strip()))
    return Stretch(start, end)


def said(day: Day) -> str:
    """The shifts of a day as they are typed."""
    return ", ".join(map(str, day))
