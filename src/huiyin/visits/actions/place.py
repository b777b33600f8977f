"""Gives single visits their place outside the weekly draw: owed ones at once, and replacements."""

from __future__ import annotations

from datetime import date, timedelta

from huiyin.foundation.actions import Act
from huiyin.organisation.public import Staff
from huiyin.visits.actions.holding import hold_places
from huiyin.visits.actions.promising import promise_calls
from huiyin.visits.models import PlanRules, Visit
from huiyin.visits.queries.facts import PlanFacts, candidates_from, plan_facts
from huiyin.visits.queries.hours import this_monday
from huiyin.visits.queries.policies import hours_of, rules_in_force
from huiyin.visits.rules.lifecycle import State
from huiyin.visits.rules.planning import Assignment, Mode, earliest_place

WEEKS_AHEAD = 2


def place_owed(act: Act, visit: Visit) -> None:
    """Plans an owed visit into the earliest window that suits, and promises it; without a place it waits in the pool.

    The promise is made either way: what is owed is owed, also when nobody is there, or when the customer is asked to
    answer alone first. A call for several visits is planned into the time of all of them, or, where that has no place,
    into the owed one's own.
    """
    rules = rules_in_force(act.now.date())
    mondays = [
        this_monday(rules, act.now) + timedelta(weeks=week) for week in range(0 if visit.self_way else WEEKS_AHEAD)
    ]
    tries = [(monday, narrow) for narrow in ((True, False) if visit.leads else (True,)) for monday in mondays]
    for monday, narrow in tries:
        hold_places(monday)
        found = _earliest(rules, monday, act, visit, narrow)
        if found:
            put_on_plan(visit, found, rules)
            visit.save()
            break
    promise_calls(act, [visit], calendar=rules.calendar)


def _earliest(rules: PlanRules, monday: date, act: Act, visit: Visit, narrow: bool) -> Assignment | None:
    facts = week_as_it_stands(rules, monday, act)
    (candidate,) = candidates_from(facts.week, Visit.objects.filter(pk=visit.pk), act.now, narrow=narrow)
    return earliest_place(facts.policy, facts.week, candidate, facts.agents, facts.kept)


def week_as_it_stands(rules: PlanRules, monday: date, act: Act) -> PlanFacts:
    """The week as it stands, everything planned kept."""
    return plan_facts(rules, monday, act.now, Mode.FILL_UP)


def put_on_plan(visit: Visit, found: Assignment, rules: PlanRules) -> None:
    """Writes the place onto the visit (not saved)."""
    zone = hours_of(rules).zone
    visit.state, visit.agent_id = State.PLANNED, found.agent
    visit.window_start, visit.window_end = found.window.start, found.window.end
    visit.planned_on = found.window.start.astimezone(zone).date()
    visit.place_band = found.band
    visit.department_id = (
        Staff.objects.filter(pk=found.agent).values_list("department", flat=True).first() or visit.department_id
    )
