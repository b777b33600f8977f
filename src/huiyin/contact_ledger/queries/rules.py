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


def hours_around(rules: ContactRules, calendar: WorkingCalendar, way: str, now: datetime) -> Hours:
    """The hours outside rest time and the windows of the way, from today's beginning some days ahead."""
    numbers = rules.contact_numbers
    today = now.astimezone(calendar.zone).date()
    days = [today + timedelta(days=n) for n in range(LOOK_AHEAD_DAYS)]
    awake = _around_the_clock(calendar, days, (numbers.awake,))
    narrower = numbers.windows.get(way)
    if narrower is None:
        return Hours(awake, None)
    opened = call_windows if way in numbers.working else _around_the_clock
    return Hours(awake, opened(calendar, days, narrower))


def call_windows(
    calendar: WorkingCalendar,
    days: Iterable[date],
    windows: Iterable[CallWindow],
    not_before: datetime | None = None,
) -> tuple[OpenWindow, ...]:
    """The windows of these days inside working hours that end after ``not_before`` (None: all of them)."""
    opens = list(_working_hours(calendar, days))
    if not opens:
        return ()
    return open_windows(tuple(windows), opens, not_before or opens[0][0])


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
    midnights = [datetime.combine(day, time.min, calendar.zone) for day in days]
    return open_windows(tuple(windows), [(each, each + timedelta(days=1)) for each in midnights], midnights[0])
