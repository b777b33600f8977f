"""Which contact rules are in force, and the hours they open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from huiyin.contact_ledger.models import ContactRules
from huiyin.contact_ledger.rules.asking import Hours
from huiyin.foundation.kept import kept
from huiyin.kernel.windows import CallWindow, OpenWindow, open_windows
from huiyin.working_time.public import WorkingCalendar, calendar_of

LOOK_AHEAD_DAYS = 12


@kept
def rules_in_force(day: date) -> ContactRules:
    """The contact rules in force on ``day``; the shipped numbers (version 0) where the company has none."""
    found = ContactRules.objects.filter(effective_from__lte=day).order_by("-effective_from", "-version").first()
    return found or ContactRules(version=0, effective_from=day)


def rules_at(now: datetime) -> tuple[ContactRules, WorkingCalendar]:
    """The contact rules in force at a moment, and the calendar they are reckoned with."""
    rules = rules_in_force(now.date())
    calendar = calendar_of(rules.calendar)
    today = now.astimezone(calendar.zone).date()
    return (rules, calendar) if today == now.date() else (rules_in_force(today), calendar)


def today_at(now: datetime) -> date:
    """The day it is by the calendar of the contact rules."""
    return now.astimezone(rules_at(now)[1].zone).date()


def hours_around(rules: ContactRules, calendar: WorkingCalendar, way: str, now: datetime) -> Hours:
    """The hours outside rest time and the windows of the way, from today's beginning some days ahead."""
    days = _days_ahead(calendar, now)
    awake = _around_the_clock(calendar, days, (rules.contact_numbers.awake,))
    narrowed = rules.contact_numbers.windows_for(way) is not None
    return Hours(awake, _windows(rules, calendar, way, days) if narrowed else None)


def windows_of(
    way: str, now: datetime, days: Iterable[date] | None = None, not_before: datetime | None = None
) -> tuple[OpenWindow, ...]:
    """The open windows of a way on these days (None: from today's beginning some days ahead), by the rules in force on
    the first of them, that end after ``not_before`` (None: all of them); none where the way has no windows."""
    rules, calendar = rules_at(now)
    listed = _days_ahead(calendar, now) if days is None else list(days)
    if listed and days is not None:
        rules = rules_in_force(listed[0])
        calendar = calendar_of(rules.calendar)
    found = _windows(rules, calendar, way, listed)
    if not_before is None:
        return found
    return tuple(
        OpenWindow(max(window.start, not_before.astimezone(calendar.zone)), window.end)
        for window in found
        if window.end > not_before
    )


def _days_ahead(calendar: WorkingCalendar, now: datetime) -> list[date]:
    today = now.astimezone(calendar.zone).date()
    return [today + timedelta(days=n) for n in range(LOOK_AHEAD_DAYS)]


def _windows(rules: ContactRules, calendar: WorkingCalendar, way: str, days: list[date]) -> tuple[OpenWindow, ...]:
    numbers = rules.contact_numbers
    opened = _in_working_hours if way in numbers.working else _around_the_clock
    return opened(calendar, days, numbers.windows_for(way) or ())


def _in_working_hours(
    calendar: WorkingCalendar, days: list[date], windows: Iterable[CallWindow]
) -> tuple[OpenWindow, ...]:
    opens = list(_working_hours(calendar, days))
    return open_windows(tuple(windows), opens, opens[0][0]) if opens else ()


def _working_hours(calendar: WorkingCalendar, days: Iterable[date]) -> Iterable[tuple[datetime, datetime]]:
    """Working intervals, aware, in the calendar's zone; midnight ends are left to the next day."""
    for day in days:
        for interval in calendar.intervals_on(day):
            end_day = day if interval.end > interval.start else day + timedelta(days=1)
            opens = datetime.combine(day, interval.start, calendar.zone)
            yield opens, datetime.combine(end_day, interval.end, calendar.zone)


def _around_the_clock(
    calendar: WorkingCalendar, days: list[date], windows: Iterable[CallWindow]
) -> tuple[OpenWindow, ...]:
    if not days:
        return ()
    midnights = [datetime.combine(day, time.min, calendar.zone) for day in days]
    return open_windows(tuple(windows), [(each, each + timedelta(days=1)) for each in midnights], midnights[0])
