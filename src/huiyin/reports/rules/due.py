"""When a report on a period is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from huiyin.working_time.rules.calendar import WorkingCalendar
from huiyin.working_time.rules.explain import Deadline, Step
from huiyin.working_time.rules.telling import Teller
from huiyin.working_time.rules.windows import moment, working_days

MIDNIGHT = time()


@dataclass(frozen=True)
class DueRule:
    """So many days after the first day that no longer belongs to the period, at a clock time of the calendar.

    Where that is a day off, the same clock time on the next working day.
    """

    days_after: int
    at: time

    def due(self, after: date, calendar: WorkingCalendar) -> Deadline:
        """When a report on a period that ends before ``after`` is due, and why."""
        named = after + timedelta(days=self.days_after)
        day = named if calendar.is_working_day(named) else next(working_days(calendar, named))
        at, teller = moment(calendar.zone, day, self.at), Teller(calendar)
        params = {"at": teller.local(moment(calendar.zone, named, self.at))}
        steps = [teller.which(), Step("by_rule", named, params=params)]
        if day != named:
            steps += teller.hours(moment(calendar.zone, named, MIDNIGHT), moment(calendar.zone, day, MIDNIGHT))
            steps.append(Step("next_working_day", day, params={"at": teller.local(at)}))
        return Deadline(at, (*steps, *teller.closing(at)), calendar.code, calendar.version)


def is_late(due_at: datetime, submitted_at: datetime) -> bool:
    """Whether a report handed in at ``submitted_at`` is late; the due moment itself is in time."""
    return submitted_at > due_at
