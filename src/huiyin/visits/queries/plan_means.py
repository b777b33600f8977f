"""With what plans are made: the working hours of a week, and how much the agents can do."""

from __future__ import annotations

from datetime import date, time

from huiyin.contact_ledger.public import Way
from huiyin.contact_ledger.public import rules_in_force as contact_rules_in_force
from huiyin.kernel.words import Message
from huiyin.organisation.public import Staff
from huiyin.visits.models import PlanRules
from huiyin.visits.queries.policies import visitors
from huiyin.visits.rules.plan_faults import Means, plan_warnings
from huiyin.working_time.public import calendar_of


def hours_of_week(calendar: str, day: date) -> list[list[tuple[time, time]]]:
    """The working hours by weekday, Monday first, of the week in force on a day.

    Raises:
        NotFound: there is no such calendar.
    """
    week = calendar_of(calendar).week_on(day)
    return [[(interval.start, interval.end) for interval in intervals] for intervals in week]


def warnings_of(rules: PlanRules, day: date) -> list[Message]:
    """What of these numbers will not work out with today's agents and hours."""
    capacities = list(Staff.objects.filter(visitors()).values_list("daily_capacity", flat=True))
    windows = contact_rules_in_force(day).contact_numbers.windows.get(Way.PHONE, ())
    means = Means(hours_of_week(rules.calendar, day), windows, len(capacities), sum(capacities))
    return plan_warnings(rules.plan_policy, means)
