"""Weeks, agents and candidates for planning tests."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from huiyin.visits.rules.planning import Agent, Candidate, Plan, PlanPolicy, PlanWeek, Quota
from huiyin.visits.rules.windows import PARTS_OF_DAY, Liked, open_windows

ZONE = ZoneInfo("Asia/Shanghai")
SECOND_WEEK = date(2026, 9, 14)
FIRST_WEEK = date(2026, 9, 7)
LARGE_WEEK = SECOND_WEEK
SMALL_WEEK = FIRST_WEEK


def at(text: str) -> datetime:
    """A moment in Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def week_from(monday: date, days: tuple[int, ...] = (0, 1, 2, 3, 4), policy: PlanPolicy | None = None) -> PlanWeek:
    """A week with these working days, 09:00–12:00 and 13:00–18:00."""
    working = tuple(monday + timedelta(days=day) for day in days)
    hours = [
        (datetime.combine(day, time(start), ZONE), datetime.combine(day, time(end), ZONE))
        for day in working
        for start, end in ((9, 12), (13, 18))
    ]
    start = datetime.combine(monday, time(), ZONE)
    return PlanWeek(monday, working, open_windows((policy or PlanPolicy()).windows, hours, start))


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


@st.composite
def companies(draw: st.DrawFn) -> tuple[PlanPolicy, PlanWeek, list[Candidate], list[Agent]]:
    """A random company: odd weeks, tight and loose quotas, few agents on leave, odd preferences."""
    a_day = draw(st.integers(0, 12))
    quota = Quota(min(5 * a_day, 20), max(5 * a_day, 20), a_day)
    policy = PlanPolicy(first_week=quota, other_weeks=quota, minutes_per_visit=draw(st.sampled_from([5, 20, 45, 91])))
    monday = draw(st.sampled_from([FIRST_WEEK, SECOND_WEEK, date(2026, 9, 28), date(2027, 1, 4)]))
    days = tuple(sorted(draw(st.sets(st.integers(0, 6), max_size=6))))
    week = week_from(monday, days, policy)
    crew = [
        Agent(
            number,
            draw(st.integers(0, 9)),
            frozenset(draw(st.sets(st.sampled_from([monday + timedelta(days=n) for n in range(7)]), max_size=3))),
            frozenset(draw(st.sets(st.sampled_from(["lock", "stove"]), max_size=2))),
            frozenset(draw(st.sets(st.sampled_from(["en", "yue"]), max_size=2))),
        )
        for number in range(1, draw(st.integers(0, 4)) + 1)
    ]
    people = [_candidate(draw, number, monday) for number in range(1, draw(st.integers(0, 60)) + 1)]
    return policy, week, people, crew


def _candidate(draw: st.DrawFn, number: int, monday: date) -> Candidate:
    start = datetime.combine(monday, time(), ZONE) + timedelta(hours=draw(st.integers(-300, 200)))
    store = draw(st.integers(0, 4))
    return Candidate(
        id=number,
        customer=draw(st.integers(1, 60)),
        amount=Decimal(draw(st.sampled_from([0, 1499, 1500, 2999, 3000, 4999, 5000, 90000]))),
        due_from=start,
        due_by=start + timedelta(hours=draw(st.sampled_from([3, 24, 72, 216]))),
        store=store or None,
        store_size=("" if not store else "large" if store < 3 else "small"),
        liked=Liked(
            PARTS_OF_DAY[draw(st.sampled_from(["any", "any", "morning", "afternoon"]))],
            draw(st.sampled_from([frozenset(), frozenset(), frozenset({1, 3})])),
        ),
        skill=draw(st.sampled_from(["", "", "", "lock"])),
        language=draw(st.sampled_from(["", "", "", "en"])),
        known_agents=tuple(draw(st.lists(st.integers(1, 4), max_size=2, unique=True))),
        not_agent=draw(st.sampled_from([None, None, 1])),
        blocked=draw(st.sampled_from(["", "", "", "", "do_not_contact", "gap"])),
        obligatory=draw(st.sampled_from([False, False, False, True])),
    )
