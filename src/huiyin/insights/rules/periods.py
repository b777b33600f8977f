"""Weeks and months as the trade counts them (《×月第×周》): a week starts on Monday and is its Monday's month's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

FIRST_YEAR, LAST_YEAR = 2000, 2100


class PeriodKind(StrEnum):
    """The two rhythms of the board."""

    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True)
class Period:
    """A week or a month; ``first`` is its first day, ``after`` the first day that no longer belongs to it."""

    kind: PeriodKind
    first: date
    after: date

    @property
    def code(self) -> str:
        """Its name for machines: ``2026-W40`` (ISO week) or ``2026-09``."""
        if self.kind is PeriodKind.MONTH:
            return f"{self.first:%Y-%m}"
        year, week, _day = self.first.isocalendar()
        return f"{year}-W{week:02}"

    @property
    def number(self) -> int:
        """The n-th week of its month (1 for a month)."""
        return (self.first.day - 1) // 7 + 1 if self.kind is PeriodKind.WEEK else 1

    @property
    def words(self) -> Message:
        """Its name for people: 9月第4周, 9月."""
        if self.kind is PeriodKind.MONTH:
            return message(_("%(year)s-%(month)02d"), year=self.first.year, month=self.first.month)
        return message(_("Week %(number)s of month %(month)s"), number=self.number, month=self.first.month)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.after - timedelta(days=1)

    def moments(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """The moments it begins and ends (exclusive) in ``zone``."""
        return moments_of(self.first, self.after, zone)

    def before(self) -> Period:
        """The period before it."""
        return period_of(self.kind, self.first - timedelta(days=1))

    def next(self) -> Period:
        """The period after it."""
        return period_of(self.kind, self.after)

    def run_up(self, count: int) -> list[Period]:
        """The last ``count`` periods, this one the last."""
        run = [self]
        while len(run) < count:
            run.append(run[-1].before())
        return run[::-1]


def moments_of(first: date, after: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The moments a stretch of days begins and ends (exclusive) in ``zone``."""
    return datetime.combine(first, time(), zone), datetime.combine(after, time(), zone)


def period_of(kind: PeriodKind | str, day: date) -> Period:
    """The week or month in which ``day`` lies."""
    if kind == PeriodKind.MONTH:
        first = day.replace(day=1)
        return Period(PeriodKind.MONTH, first, (first + timedelta(days=31)).replace(day=1))
    monday = day - timedelta(days=day.weekday())
    return Period(PeriodKind.WEEK, monday, monday + timedelta(days=7))


def read_period(text: str) -> Period:
    """Reads ``2026-W40`` or ``2026-09``.

    Raises:
        Invalid: it is neither, or there is no such week or month.
    """
    year, dash, rest = text.strip().upper().partition("-")
    week = rest.startswith("W")
    try:
        day = date.fromisocalendar(int(year), int(rest[1:]), 1) if week else date(int(year), int(rest), 1)
    except ValueError:
        day = date.min
    if not dash or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Invalid(message(_("There is no period %(given)s; write 2026-W40 or 2026-09."), given=text[:20]))
    return period_of(PeriodKind.WEEK if week else PeriodKind.MONTH, day)
