"""The monthly promise of a unit: how many forms, by when, and how it stands (VIS-9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice

from huiyin.kernel.words import gettext_noop as _
from huiyin.working_time.rules.calendar import WorkingCalendar
from huiyin.working_time.rules.explain import Deadline, Step
from huiyin.working_time.rules.telling import Teller
from huiyin.working_time.rules.windows import moment, working_days

ONE_DAY = timedelta(days=1)
MOST_WORKING_DAYS = 20


@dataclass(frozen=True)
class MonthlyNumbers:
    """What one unit owes each month: so many forms by a working day of the month at a clock time.

    ``nothing_counts``: saying with a reason that nothing is needed keeps the promise as well.
    """

    forms: int = 1
    working_day: int = 5
    at: time = time(18)
    nothing_counts: bool = True

    def due(self, month: date, calendar: WorkingCalendar) -> Deadline:
        """When the forms of a month are due (``month``: its first day), and why.

        A month with fewer working days than asked for ends with its last one.
        """
        days = days_of_work(month, calendar, self.working_day)
        at, teller = moment(calendar.zone, days[-1], self.at), Teller(calendar)
        told = teller.days(month - ONE_DAY, days)[1:]  # the day before is no part of the month
        by_rule = Step("by_rule", days[-1], params={"at": teller.local(at)})
        return Deadline(at, (teller.which(), *told, by_rule, *teller.closing(at)), calendar.code, calendar.version)


def days_of_work(month: date, calendar: WorkingCalendar, count: int) -> list[date]:
    """The first working days of a month, at most ``count``; of a month without any the first one after it."""
    after = first_of_next(month)
    days = list(islice(working_days(calendar, month - ONE_DAY), min(count, MOST_WORKING_DAYS)))
    return [day for day in days if day < after] or days[:1]


def first_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def first_of_next(day: date) -> date:
    """The first day of the month after."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


class Standing(StrEnum):
    """How a unit stands with a month."""

    OPEN = "open"
    HANDED_IN = "handed_in"
    NOTHING = "nothing"
    LATE = "late"
    MISSING = "missing"


STANDING_LABELS: dict[str, str] = {
    Standing.OPEN: _("Still time"),
    Standing.HANDED_IN: _("Handed in"),
    Standing.NOTHING: _("Nothing needed"),
    Standing.LATE: _("Handed in late"),
    Standing.MISSING: _("Missing"),
}
STANDING_TONES: dict[str, str] = {
    Standing.OPEN: "neutral",
    Standing.HANDED_IN: "kept",
    Standing.NOTHING: "kept",
    Standing.LATE: "soon",
    Standing.MISSING: "late",
}


def standing(due_at: datetime, kept_at: datetime | None, now: datetime, *, nothing: bool = False) -> Standing:
    """How a month stands at ``now``; what was kept at the due moment itself is in time, late stays late."""
    if kept_at is None:
        return Standing.OPEN if now <= due_at else Standing.MISSING
    if kept_at > due_at:
        return Standing.LATE
    return Standing.NOTHING if nothing else Standing.HANDED_IN


def months_to_open(newest: date | None, today: date, *, due_now: datetime, now: datetime, most: int) -> list[date]:
    """First days of the months whose promises are to be made: those missed since the newest one, and the running one.

    The very first month is left out when its due moment ``due_now`` has passed: nobody owed anything then.
    """
    running = first_of(today)
    if newest is None:
        return [running] if now <= due_now else []
    months: list[date] = []
    month = first_of_next(newest)
    while month <= running and len(months) < most:
        months.append(month)
        month = first_of_next(month)
    return months
