"""What a working calendar is: the hours of a week, changes to them, and days that are different."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType
from zoneinfo import ZoneInfo

from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

MIDNIGHT = time(0)
DAYS_IN_WEEK = 7
ALWAYS = date(1900, 1, 1)


class DayKind(StrEnum):
    """What sort of day it is."""

    ORDINARY = "ordinary"
    MAKE_UP = "make_up"
    HOLIDAY = "holiday"
    CLOSURE = "closure"
    SPECIAL = "special"


CLOSED_KINDS = frozenset({DayKind.HOLIDAY, DayKind.CLOSURE})


@dataclass(frozen=True, order=True)
class Interval:
    """Open from ``start`` to ``end`` on one day, by the calendar's wall clock; an end of 00:00 is midnight.

    Raises:
        Invalid: the end is not after the start (across midnight are two intervals), or a time has a zone.
    """

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.start.tzinfo or self.end.tzinfo:
            raise Invalid(message(_("Working hours are wall-clock times without a time zone.")))
        if self.end not in (MIDNIGHT, max(self.start, self.end)) or self.start == self.end != MIDNIGHT:
            text = _("%(interval)s does not end after it begins. Enter hours across midnight on both days.")
            raise Invalid(message(text, interval=str(self)))

    def ends_by(self, other: Interval) -> bool:
        """Whether this interval is over when ``other`` begins."""
        return self.end != MIDNIGHT and self.end <= other.start

    def __str__(self) -> str:
        end = "24:00" if self.end == MIDNIGHT else f"{self.end:%H:%M}"
        return f"{self.start:%H:%M}–{end}"


Intervals = tuple[Interval, ...]
Week = tuple[Intervals, ...]


def in_order(intervals: Iterable[Interval]) -> Intervals:
    """The intervals of one day, sorted.

    Raises:
        Invalid: two of them overlap.
    """
    ordered = tuple(sorted(intervals))
    for earlier, later in pairwise(ordered):
        if not earlier.ends_by(later):
            raise Invalid(message(_("%(first)s and %(second)s overlap."), first=str(earlier), second=str(later)))
    return ordered


def week_in_order(days: Iterable[Iterable[Interval]]) -> Week:
    """The hours of a week, Monday first.

    Raises:
        Invalid: there are not seven days, or intervals of a day overlap.
    """
    week = tuple(in_order(day) for day in days)
    if len(week) != DAYS_IN_WEEK:
        raise Invalid(message(_("A week has seven days, %(count)d were given."), count=len(week)))
    return week


@dataclass(frozen=True)
class DayException:
    """One day that is different: closed, open though it is a weekend, or with hours of its own.

    A make-up workday without ``intervals`` has the hours of the first weekday that has any. ``region`` is
    where it holds; empty is everywhere. ``announced`` is False until the state has published the year.

    Raises:
        Invalid: a closed day has hours, special hours are missing, or the day would not be different at all.
    """

    day: date
    kind: DayKind
    name: str
    intervals: Intervals = ()
    region: str = ""
    announced: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "intervals", in_order(self.intervals))
        if self.kind is DayKind.ORDINARY:
            raise Invalid(message(_("An ordinary day is not an exception; remove the exception instead.")))
        if self.kind in CLOSED_KINDS and self.intervals:
            raise Invalid(message(_("A closed day has no working hours.")))
        if self.kind is DayKind.SPECIAL and not self.intervals:
            raise Invalid(message(_("A day with special hours needs its hours.")))


@dataclass(frozen=True)
class WeekChange:
    """From ``from_day`` on, these are the hours of the week."""

    from_day: date
    week: Week


@dataclass(frozen=True)
class WorkingCalendar:
    """When work is done: one version of one calendar, complete for all time.

    ``week`` holds until the first of ``changes``; each change holds until the next. ``announced_through`` is
    the last day for which the state's holidays are known for certain. ``name`` is what people call it.
    """

    code: str
    version: int
    zone: ZoneInfo
    week: Week
    exceptions: Mapping[date, DayException] = field(default_factory=dict)
    announced_through: date = date.max
    changes: tuple[WeekChange, ...] = ()
    region: str = ""
    name: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "week", week_in_order(self.week))
        ordered = tuple(sorted(self.changes, key=lambda change: change.from_day))
        object.__setattr__(self, "changes", tuple(WeekChange(c.from_day, week_in_order(c.week)) for c in ordered))
        object.__setattr__(self, "exceptions", MappingProxyType(dict(self.exceptions)))

    def week_on(self, day: date) -> Week:
        """The hours of the week in force on a day."""
        week = self.week
        for change in self.changes:
            if change.from_day > day:
                break
            week = change.week
        return week

    def intervals_on(self, day: date) -> Intervals:
        """When work is done on a day, in order; empty on a day off."""
        week, exception = self.week_on(day), self.exceptions.get(day)
        if exception is None:
            return week[day.weekday()]
        if exception.kind is DayKind.MAKE_UP and not exception.intervals:
            return next((intervals for intervals in week if intervals), ())
        return exception.intervals

    def is_working_day(self, day: date) -> bool:
        """Whether any work is done on a day."""
        return bool(self.intervals_on(day))

    def kind_of(self, day: date) -> DayKind:
        """What sort of day it is."""
        exception = self.exceptions.get(day)
        return exception.kind if exception else DayKind.ORDINARY

    def is_announced(self, day: date) -> bool:
        """Whether the state has published the holidays of that day's year."""
        return day <= self.announced_through


def same_hours(intervals: Iterable[Interval], days: int = 5) -> Week:
    """A week with the same hours on its first ``days`` days and the rest off."""
    hours = tuple(intervals)
    return week_in_order(hours if index < days else () for index in range(DAYS_IN_WEEK))
