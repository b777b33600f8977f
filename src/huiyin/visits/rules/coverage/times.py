"""What a coverage report is about: one week, or the weeks of a month as the plan counts them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.visits.rules.weeks import BelongsBy, iso_week, monday_of, monday_of_iso, week_of_month, weeks_left_in_month

WEEK = timedelta(days=7)
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class CoveredTime:
    """Whole weeks, Monday to Sunday: ``code`` is ``2026-W40`` or ``2026-09``."""

    code: str
    mondays: tuple[date, ...]
    name: Message
    before: str
    next: str

    @property
    def is_month(self) -> bool:
        """Whether it is a month's weeks."""
        return "W" not in self.code

    @property
    def first(self) -> date:
        """Its first day, a Monday."""
        return self.mondays[0]

    @property
    def after(self) -> date:
        """The first day that no longer belongs to it."""
        return self.mondays[-1] + WEEK

    @property
    def last(self) -> date:
        """Its last day, a Sunday."""
        return self.after - timedelta(days=1)

    def moments(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """When it begins and ends (exclusive) in ``zone``."""
        return datetime.combine(self.first, time(), zone), datetime.combine(self.after, time(), zone)


def read_time(text: str, by: BelongsBy = BelongsBy.MONDAY) -> CoveredTime:
    """Reads ``2026-W40`` or ``2026-09``.

    Raises:
        Invalid: it is neither, or there is no such week or month.
    """
    given = text.strip().upper()
    try:
        found = week_of(monday_of_iso(given), by) if "W" in given else month_of(date.fromisoformat(f"{given}-01"), by)
    except (ValueError, OverflowError):
        found = None
    if found is None or not FIRST_YEAR <= found.first.year <= LAST_YEAR:
        why = message(_("There is no period %(given)s; write 2026-W40 or 2026-09."), given=text[:20])
        raise Invalid(why, {"period": why})
    return found


def week_of(day: date, by: BelongsBy = BelongsBy.MONDAY) -> CoveredTime:
    """The week a day lies in."""
    monday, counted = monday_of(day), week_of_month(day, by)
    name = message(_("Week %(number)s of month %(month)s"), number=counted.number, month=counted.month)
    return CoveredTime(iso_week(monday), (monday,), name, iso_week(monday - WEEK), iso_week(monday + WEEK))


def month_of(day: date, by: BelongsBy = BelongsBy.MONDAY) -> CoveredTime:
    """The weeks that belong to the month a day lies in."""
    first = day.replace(day=1)
    monday = next(week for week in _around(first) if week_of_month(week, by).month == first.month)
    name = message(_("%(year)s-%(month)02d"), year=first.year, month=first.month)
    before, after = first - timedelta(days=1), first + timedelta(days=31)
    weeks = tuple(weeks_left_in_month(monday, by))
    return CoveredTime(f"{first:%Y-%m}", weeks, name, f"{before:%Y-%m}", f"{after:%Y-%m}")


def _around(first: date) -> list[date]:
    return [monday_of(first), monday_of(first) + WEEK]
