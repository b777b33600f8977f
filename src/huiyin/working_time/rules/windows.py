"""Working hours as exact moments: wall-clock intervals become windows in UTC, whatever summer time does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from huiyin.kernel.refusal import Invalid, Refused
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.kernel.years import why_far
from huiyin.working_time.rules.calendar import MIDNIGHT, WorkingCalendar

ONE_DAY = timedelta(days=1)
ZERO = timedelta(0)
SEARCH_DAYS = 400
EARLIEST, LATEST = date(1700, 1, 1), date(2500, 1, 1)


class Window(NamedTuple):
    """Open from ``opens`` to ``closes`` (UTC), on ``day`` of the calendar."""

    day: date
    opens: datetime
    closes: datetime


def as_utc(at: datetime) -> datetime:
    """The same moment in UTC.

    Raises:
        Invalid: the moment has no time zone, or lies centuries away.
    """
    if at.tzinfo is None or at.utcoffset() is None:
        raise Invalid(message(_("%(at)s has no time zone; a deadline needs one."), at=at.isoformat()))
    if why := why_far(at):
        raise Invalid(why)
    return at.astimezone(UTC)


def moment(zone: ZoneInfo, day: date, at: time) -> datetime:
    """The moment (UTC) a wall clock shows ``at`` on ``day``.

    A time that summer time skips is the moment of the change; a time that comes twice is its first coming.
    """
    local = datetime.combine(day, at, zone)
    before, after = local.utcoffset(), local.replace(fold=1).utcoffset()
    if before is not None and after is not None and after > before:
        return _change(zone, local.replace(tzinfo=UTC) - after, local.replace(tzinfo=UTC) - before)
    return local.astimezone(UTC)


def _change(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """The moment between ``low`` and ``high`` (UTC) at which the zone changes its offset, to the second."""
    old = low.astimezone(zone).utcoffset()
    low, high = low.replace(microsecond=0), high.replace(microsecond=0)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        middle = middle.replace(microsecond=0)
        low, high = (middle, high) if middle.astimezone(zone).utcoffset() == old else (low, middle)
    return high


def windows_on(calendar: WorkingCalendar, day: date) -> list[Window]:
    """The open windows of a day, in order."""
    windows = []
    for interval in calendar.intervals_on(day):
        last = day + ONE_DAY if interval.end == MIDNIGHT else day
        opens = moment(calendar.zone, day, interval.start)
        closes = moment(calendar.zone, last, interval.end)
        if opens < closes:
            windows.append(Window(day, opens, closes))
    return windows


def day_of(calendar: WorkingCalendar, at: datetime) -> date:
    """The day of the calendar on which a moment falls."""
    return at.astimezone(calendar.zone).date()


def _days(calendar: WorkingCalendar, first: date, step: timedelta) -> Iterator[tuple[date, list[Window]]]:
    """Days from ``first`` on with their windows, until too many in a row are closed."""
    day, closed = first, 0
    while closed < SEARCH_DAYS and EARLIEST < day < LATEST:
        windows = windows_on(calendar, day)
        closed = 0 if windows else closed + 1
        yield day, windows
        day += step
    raise Refused(
        message(
            _("Calendar %(calendar)s has no working time for %(days)d days around %(day)s. Check its hours."),
            calendar=calendar.code,
            days=SEARCH_DAYS,
            day=day,
        )
    )


def windows_from(calendar: WorkingCalendar, at: datetime) -> Iterator[Window]:
    """Windows that close at or after ``at`` (UTC), in order, the first clipped to begin at ``at``.

    Raises:
        Refused: nothing is open for 400 days on end.
    """
    for _day, windows in _days(calendar, day_of(calendar, at) - ONE_DAY, ONE_DAY):
        for window in windows:
            if window.closes >= at:
                yield Window(window.day, max(window.opens, at), window.closes)


def windows_back(calendar: WorkingCalendar, at: datetime) -> Iterator[Window]:
    """Windows that open at or before ``at`` (UTC), latest first, the first clipped to end at ``at``.

    Raises:
        Refused: nothing is open for 400 days on end.
    """
    for _day, windows in _days(calendar, day_of(calendar, at), -ONE_DAY):
        for window in reversed(windows):
            if window.opens <= at:
                yield Window(window.day, window.opens, min(window.closes, at))


def working_days(calendar: WorkingCalendar, after: date, *, back: bool = False) -> Iterator[date]:
    """Working days after a day, nearest first; with ``back`` the ones before it."""
    step = -ONE_DAY if back else ONE_DAY
    for day, windows in _days(calendar, after + step, step):
        if windows:
            yield day


def next_open(calendar: WorkingCalendar, at: datetime) -> datetime:
    """The first moment (UTC) at or after ``at`` at which work is being done.

    Raises:
        Invalid: ``at`` has no time zone.
        Refused: nothing is open for 400 days on end.
    """
    return next(w.opens for w in windows_from(calendar, as_utc(at)) if w.opens < w.closes)


def is_open(calendar: WorkingCalendar, at: datetime) -> bool:
    """Whether work is being done at a moment; at the very end of an interval it no longer is."""
    at = as_utc(at)
    return any(w.opens <= at < w.closes for w in windows_on(calendar, day_of(calendar, at)))


def settle(calendar: WorkingCalendar, at: datetime) -> datetime:
    """``at`` itself inside an interval or on its end, else the next opening."""
    return next(windows_from(calendar, at)).opens


def settle_back(calendar: WorkingCalendar, at: datetime) -> datetime:
    """``at`` itself inside an interval or on its beginning, else the closing before."""
    return next(windows_back(calendar, at)).closes
