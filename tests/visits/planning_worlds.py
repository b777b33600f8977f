"""Weeks, agents and candidates for planning tests."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from huiyin.contact_ledger.rules.numbers import CALLING
from huiyin.kernel.windows import PARTS_OF_DAY, Liked, open_windows
from huiyin.visits.rules.planning import Agent, Candidate, Placed, Plan, PlanPolicy, PlanWeek, Quota

Company = tuple[PlanPolicy, PlanWeek, list[Candidate], list[Agent]]
ZONE = ZoneInfo("Asia/Shanghai")
SECOND_WEEK = date(2026, 9, 14)
FIRST_WEEK = date(2026, 9, 7)
LARGE_WEEK = SECOND_WEEK
SMALL_WEEK = FIRST_WEEK
MANY = int(os.environ.get("HUIYIN_COMPANIES", "250"))  # each test; more with patience: HUIYIN_COMPANIES=20000


def at(text: str) -> datetime:
    """A moment in Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def week_from(monday: date, days: tuple[int, ...] = (0, 1, 2, 3, 4)) -> PlanWeek:
    """A week with these working days, 09:00–12:00 and 13:00–18:00."""
    working = tuple(monday + timedelta(days=day) for day in days)
    hours = [
        (datetime.combine(day, time(start), ZONE), datetime.combine(day, time(end), ZONE))
        for day in working
        for start, end in ((9, 12), (13, 18))
    ]
    start = datetime.combine(monday, time(), ZONE)
    return PlanWeek(monday, working, open_windows(CALLING, hours, start))


def candidate(number: int, amount: int = 6000, **more: Any) -> Candidate:
    """A candidate due all around the second week of September 2026."""
    facts: dict[str, Any] = {
        "id": number,
        "customer": number,
        "amount": Decimal(amount),
        "due_from": at("2026-08-01"),
        "due_by": at("2026-10-31"),
    }
    return Candidate(**{**facts, **more})


def agents(count: int, a_day: int = 50) -> list[Agent]:
    """Agents 1 … count."""
    return [Agent(number, a_day) for number in range(1, count + 1)]


def codes(plan: Plan) -> dict[int, str]:
    """Why each candidate was not chosen."""
    return {each.candidate: str(each.code) for each in plan.not_chosen}


def relaxed(plan: Plan) -> dict[str, dict[str, object]]:
    """Relaxations by code."""
    return {each.code: dict(each.params) for each in plan.relaxations}


def companies(most: int = 60) -> st.SearchStrategy[Company]:
    """Random companies: odd weeks, tight and loose quotas, few agents on leave or off shift, odd preferences.

    Built from a seed, which is a hundred times as fast as drawing each fact; the number of people still shrinks.
    """
    return st.builds(company_of, st.integers(0, 2**32), st.integers(0, most))


def company_of(seed: int, count: int) -> Company:
    """The company of a seed with so many candidates."""
    dice = Random(seed)
    a_day = dice.choice([0, 1, 2, 3, 5, 8, 12])
    quota = Quota(min(5 * a_day, 20), max(5 * a_day, 20), a_day)
    policy = PlanPolicy(first_week=quota, other_weeks=quota, minutes_per_visit=dice.choice([5, 20, 45, 91]))
    monday = dice.choice([FIRST_WEEK, SECOND_WEEK, date(2026, 9, 28), date(2027, 1, 4)])
    days = tuple(day for day in range(7) if dice.random() < (0.8 if day < 5 else 0.1))
    week = week_from(monday, days if dice.random() < 0.95 else ())
    people = [_candidate(dice, number, monday) for number in range(1, count + 1)]
    return policy, week, people, [_agent(dice, number, week) for number in range(1, dice.choice([0, 1, 2, 3, 4]) + 1)]


def _agent(dice: Random, number: int, week: PlanWeek) -> Agent:
    return Agent(
        number,
        dice.choice([0, 1, 2, 3, 5, 9]),
        frozenset(week.monday + timedelta(days=day) for day in range(7) if dice.random() < 0.2),
        frozenset(skill for skill in ("lock", "stove") if dice.random() < 0.5),
        frozenset(language for language in ("en", "yue") if dice.random() < 0.5),
        frozenset(window.end for window in week.windows if dice.random() < 0.2),
    )


def _candidate(dice: Random, number: int, monday: date) -> Candidate:
    start = datetime.combine(monday, time(), ZONE) + timedelta(hours=dice.randint(-300, 200))
    store = dice.randint(0, 4)
    return Candidate(
        id=number,
        customer=dice.randint(1, 60),
        amount=Decimal(dice.choice([0, 1499, 1500, 2999, 3000, 4999, 5000, 90000])),
        due_from=start,
        due_by=start + timedelta(hours=dice.choice([3, 24, 72, 216, 216])),
        store=store or None,
        store_size=("" if not store else "large" if store < 3 else "small"),
        liked=Liked(
            PARTS_OF_DAY[dice.choice(["any", "any", "morning", "afternoon"])],
            dice.choice([frozenset(), frozenset(), frozenset({1, 3})]),
        ),
        skill=dice.choice(["", "", "", "lock"]),
        language=dice.choice(["", "", "", "en"]),
        known_agents=tuple(dice.sample(range(1, 5), dice.randint(0, 2))),
        not_agent=dice.choice([None, None, 1]),
        blocked=dice.choice(["", "", "", "", "do_not_contact", "gap"]),
        obligatory=dice.choice([False, False, False, True]),
    )


def planned_before(company: Company, plan: Plan) -> Company:
    """The same company when its plan stands already: everybody has the place they got."""
    policy, week, people, crew = company
    places = {each.candidate: Placed(each.agent, each.window.end) for each in plan.assignments}
    return policy, week, [replace(each, placed=places.get(each.id)) for each in people], crew
