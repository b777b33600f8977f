"""The call windows that are open: of a week for the plan, from now on for the workstation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from huiyin.foundation.kept import kept
from huiyin.kernel.windows import OpenWindow, open_windows
from huiyin.visits.models import PlanRules
from huiyin.visits.queries.policies import hours_of, is_set_up, rules_in_force, today_in
from huiyin.visits.rules.planning import PlanWeek
from huiyin.visits.rules.weeks import monday_of
from huiyin.working_time.public import WorkingCalendar

LOOK_AHEAD_DAYS = 12


def working_hours(calendar: WorkingCalendar, days: Iterable[date]) -> list[tuple[datetime, datetime]]:
    """The working intervals of the days, aware, in the calendar's zone; midnight ends are left to the next day."""
    found = []
    for day in days:
        for interval in calendar.intervals_on(day):
            end_day = day if interval.end > interval.start else day + timedelta(days=1)
            opens = datetime.combine(day, interval.start, calendar.zone)
            found.append((opens, datetime.combine(end_day, interval.end, calendar.zone)))
    return found


def plan_week_of(rules: PlanRules, monday: date, now: datetime) -> PlanWeek:
    """The week from ``monday`` on: its working days and the call windows that lie ahead of ``now``."""
    calendar = hours_of(rules)
    days = [monday + timedelta(days=n) for n in range(7)]
    windows = open_windows(rules.plan_policy.windows, working_hours(calendar, days), now)
    return PlanWeek(monday, tuple(day for day in days if calendar.is_working_day(day)), windows)


def windows_ahead(rules: PlanRules, now: datetime) -> tuple[OpenWindow, ...]:
    """The open call windows of the coming days, the present one from its real beginning on."""
    return _windows_from(rules, today_in(hours_of(rules), now))


@kept
def _windows_from(rules: PlanRules, today: date) -> tuple[OpenWindow, ...]:
    calendar = hours_of(rules)
    days = [today + timedelta(days=n) for n in range(LOOK_AHEAD_DAYS)]
    midnight = datetime.combine(today, datetime.min.time(), calendar.zone)
    return open_windows(rules.plan_policy.windows, working_hours(calendar, days), midnight)


def opening_of(now: datetime) -> tuple[bool, datetime | None]:
    """Whether a call window is open at ``now``, and when it closes, or when the next one opens (None: not soon)."""
    if not is_set_up():
        return False, None
    windows = windows_ahead(rules_in_force(now.date()), now)
    present = next((window for window in windows if window.start <= now < window.end), None)
    if present:
        return True, present.end
    return False, next((window.start for window in windows if window.start > now), None)


def calls_open(now: datetime) -> bool:
    """Whether a call window is open at ``now``; False while the company has no plan rules."""
    return opening_of(now)[0]


def this_monday(rules: PlanRules, now: datetime) -> date:
    """The Monday of the present week where the calendar holds."""
    return monday_of(today_in(hours_of(rules), now))
