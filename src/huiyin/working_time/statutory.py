"""China's statutory holidays and make-up workdays, taken over from the ``holidays`` library."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import holidays

from huiyin.kernel.words import gettext_noop as _
from huiyin.working_time.rules.calendar import DayException, DayKind

FIRST_YEAR = 2007
HORIZON = 2100
NAMES = {
    "New Year's Day": _("New Year's Day"),
    "Chinese New Year": _("Spring Festival"),
    "Spring Festival": _("Spring Festival"),
    "Tomb-Sweeping Day": _("Tomb-Sweeping Day"),
    "Labor Day": _("Labour Day"),
    "Dragon Boat Festival": _("Dragon Boat Festival"),
    "National Day": _("National Day"),
    "Mid-Autumn Festival": _("Mid-Autumn Festival"),
    "70th Anniversary": _("Victory Day"),
}
"""The library's words for a holiday → our names, which are message ids: people read them in their own language."""

ONE_DAY = timedelta(days=1)
SWAPPED = re.compile(r"(\d\d)/(\d\d)/(\d{4})")
OBSERVED = "(observed)"
FAR = timedelta(days=30)


class Statutory:
    """The holidays of mainland China in some years, with the weekends that belong to them."""

    def __init__(self, first_year: int, last_year: int) -> None:
        around = range(first_year - 1, last_year + 2)
        self._days = holidays.country_holidays("CN", years=around, language="en_US")
        self._first, self._last = date(first_year, 1, 1), date(last_year, 12, 31)
        self._swapped = self._pairs()

    def exceptions(self) -> list[DayException]:
        """Every holiday and make-up workday of the years, in order; days of years not yet published say so."""
        return [found for day in _days(self._first, self._last) if (found := self._exception(day)) is not None]

    def announced(self, year: int) -> bool:
        """Whether the library knows what the state published for the year, not just what the law lets one guess."""
        return any(day.year == year for day in self._swapped)

    def _exception(self, day: date) -> DayException | None:
        sure = self.announced(day.year)
        if day in self._swapped:
            return DayException(day, DayKind.MAKE_UP, self._name_near(self._swapped[day]), announced=sure)
        if self._days.is_working_day(day) or not self._in_holiday(day):
            return None
        return DayException(day, DayKind.HOLIDAY, self._name_near(day), announced=sure)

    def _in_holiday(self, day: date) -> bool:
        """Whether the run of days off around a day holds a holiday: its weekends belong to it."""
        return any(found in self._days for found in self._run(day))

    def _run(self, day: date) -> Iterator[date]:
        """The days off around a day, the day itself first, then backwards, then forwards."""
        yield day
        for step in (-ONE_DAY, ONE_DAY):
            other = day + step
            while not self._days.is_working_day(other) and abs(other - day) < FAR:
                yield other
                other += step

    def _name_near(self, day: date) -> str:
        """The holiday a day off belongs to: its own; else National Day's week; else the nearest of its run."""
        names = [name for found in self._run(day) if (name := self._own_name(found))]
        week = NAMES["National Day"]
        return self._own_name(day) or (week if week in names else next(iter(names), ""))

    def _own_name(self, day: date) -> str:
        given = self._days.get(day, "")
        found = (name for word, name in NAMES.items() if word in given and OBSERVED not in given)
        return next(found, "")

    def _pairs(self) -> dict[date, date]:
        """Make-up workday → the day off it is worked for."""
        pairs = {}
        for day, name in self._days.items():
            for month, number, year in SWAPPED.findall(name):
                pairs[date(int(year), int(month), int(number))] = day
        return pairs


def _days(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += ONE_DAY


def last_announced_year() -> int:
    """The last year whose holidays the library knows as the state published them."""
    swaps: set[date] = holidays.country_holidays("CN", years=range(FIRST_YEAR, HORIZON)).weekend_workdays
    return max(day.year for day in swaps)
