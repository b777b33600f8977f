"""A year of a calendar to look at: months of weeks of days, what is different, and how many days are worked."""

from __future__ import annotations

from calendar import Calendar as Almanac
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from huiyin.working_time.rules.calendar import DayException, DayKind, Intervals, WorkingCalendar
from huiyin.working_time.rules.windows import ONE_DAY

MONTHS = range(1, 13)


@dataclass(frozen=True)
class DayView:
    """One day: its kind and name, its hours, and whether its holidays are announced."""

    day: date
    kind: DayKind
    name: str
    hours: Intervals
    sure: bool

    @property
    def works(self) -> bool:
        """Whether any work is done."""
        return bool(self.hours)


Week = tuple[DayView | None, ...]


@dataclass(frozen=True)
class MonthView:
    """A month as weeks from Monday; days of other months are None."""

    first: date
    weeks: tuple[Week, ...]


@dataclass(frozen=True)
class Stretch:
    """Exceptional days in a row that are alike."""

    first: date
    last: date
    exception: DayException

    @property
    def days(self) -> int:
        """How many days it lasts."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class YearView:
    """A year of a calendar; ``counts`` holds the days of each kind, ``working_days`` all days with work."""

    year: int
    months: tuple[MonthView, ...]
    stretches: tuple[Stretch, ...]
    counts: Mapping[DayKind, int]
    working_days: int


def year_of(calendar: WorkingCalendar, year: int) -> YearView:
    """The year as this version of the calendar knows it."""
    months = tuple(_month(calendar, year, month) for month in MONTHS)
    days = [day for month in months for week in month.weeks for day in week if day]
    exceptions = [calendar.exceptions[day.day] for day in days if day.day in calendar.exceptions]
    return YearView(
        year=year,
        months=months,
        stretches=tuple(stretches(exceptions)),
        counts=Counter(day.kind for day in days),
        working_days=sum(day.works for day in days),
    )


def _month(calendar: WorkingCalendar, year: int, month: int) -> MonthView:
    weeks = Almanac().monthdatescalendar(year, month)
    views = (tuple(view_of(calendar, day) if day.month == month else None for day in week) for week in weeks)
    return MonthView(date(year, month, 1), tuple(views))


def view_of(calendar: WorkingCalendar, day: date) -> DayView:
    """One day as this version of the calendar knows it."""
    exception = calendar.exceptions.get(day)
    return DayView(
        day=day,
        kind=calendar.kind_of(day),
        name=exception.name if exception else "",
        hours=calendar.intervals_on(day),
        sure=exception.announced if exception else calendar.is_announced(day),
    )


def stretches(exceptions: Iterable[DayException]) -> list[Stretch]:
    """Exceptional days, given in order, with those that follow each other and are alike taken together."""
    found: list[Stretch] = []
    for exception in exceptions:
        if found and _goes_on(found[-1], exception):
            found[-1] = Stretch(found[-1].first, exception.day, exception)
        else:
            found.append(Stretch(exception.day, exception.day, exception))
    return found


def _goes_on(stretch: Stretch, exception: DayException) -> bool:
    before = stretch.exception
    return stretch.last + ONE_DAY == exception.day and (before.kind, before.name, before.intervals, before.region) == (
        exception.kind,
        exception.name,
        exception.intervals,
        exception.region,
    )
