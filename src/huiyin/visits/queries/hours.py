"""The call windows that are open: of a week for the plan, from now on for the workstation."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from huiyin.contact_ledger.public import Way, windows_of
from huiyin.visits.models import PlanRules
from huiyin.visits.queries.policies import hours_of, is_set_up, today_in
from huiyin.visits.rules.planning import PlanWeek
from huiyin.visits.rules.weeks import monday_of


def plan_week_of(rules: PlanRules, monday: date, now: datetime) -> PlanWeek:
    """The week from ``monday`` on: its working days and the call windows that lie ahead of ``now``."""
    calendar = hours_of(rules)
    days = [monday + timedelta(days=n) for n in range(7)]
    working = tuple(day for day in days if calendar.is_working_day(day))
    return PlanWeek(monday, working, windows_of(Way.PHONE, now, days, not_before=now))


def opening_of(now: datetime) -> tuple[bool, datetime | None]:
    """Whether a call window is open at ``now``, and when it closes, or when the next one opens (None: not soon)."""
    if not is_set_up():
        return False, None
    windows = windows_of(Way.PHONE, now)
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
