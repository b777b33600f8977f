"""A visit moved by hand: hard rules refuse in words, soft ones give way and are named (VIS-13, VIS-14, VIS-16)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from huiyin.kernel.windows import PARTS_OF_DAY, Liked
from huiyin.visits.rules.planning import Agent, Candidate, PlanPolicy
from huiyin.visits.rules.planning.moving import Held, Moving, Verdict, WeekStands
from tests.visits.planning_worlds import SECOND_WEEK, at, candidate, week_from

ANNA, BEN = 1, 2
TUESDAY = date(2026, 9, 15)
MORNING, AFTERNOON = at("2026-09-15 11:30"), at("2026-09-15 16:30")  # 18 and 30 visits of five minutes
WEEK = week_from(SECOND_WEEK)


def verdict(
    visit: Candidate,
    end: datetime = MORNING,
    agent: int = ANNA,
    *,
    held: tuple[Held, ...] = (),
    share: int = 99,
    **people: Any,
) -> Verdict:
    anna = Agent(ANNA, 50, **{name: frozenset(values) for name, values in people.items()})
    stands = WeekStands(PlanPolicy(), WEEK, {ANNA: anna, BEN: Agent(BEN, 2)}, held, share, {ANNA: "Anna", BEN: "Ben"})
    return Moving(stands, visit).to(agent, end)


def said(found: Verdict) -> list[str]:
    return [each.text % each.params for each in (*found.refused, *found.relaxed)]


def held(count: int, agent: int = ANNA, end: datetime = MORNING, day: date = TUESDAY) -> tuple[Held, ...]:
    return tuple(Held(100 + number, agent, day, end) for number in range(count))


def test_a_free_place_in_time_is_allowed_without_a_word() -> None:
    found = verdict(candidate(7))
    assert (found.allowed, said(found)) == (True, [])


@pytest.mark.parametrize(
    ("visit", "more", "why"),
    [
        (candidate(7), {"end": at("2026-09-14 11:30")}, "No call window lies there any more."),  # none on Mondays
        (candidate(7), {"end": at("2026-09-15 12:00")}, "No call window lies there any more."),
        (candidate(7), {"agent": 9}, "This person makes no visits."),
        (candidate(7), {"days_off": [TUESDAY]}, "Anna is away on this day."),
        (candidate(7, blocked="do_not_contact"), {}, "Does not want to be contacted"),
        (candidate(7, due_from=at("2026-09-15 10:30")), {}, "The visit is not due before 2026-09-15 10:30."),
        (candidate(7, due_by=at("2026-09-15 11:00")), {}, "The visit must be made by 2026-09-15 11:00."),
        (
            candidate(7, liked=Liked(PARTS_OF_DAY["afternoon"])),
            {},
            "The customer does not want to be called at this time.",
        ),
        (
            candidate(7, not_agent=ANNA),
            {},
            "Who handled the case does not make its revisit; leave it to a colleague.",
        ),
        (candidate(7, skill="stove"), {}, "Anna does not have the skill this visit asks for."),
        (candidate(7, language="en"), {}, "Anna does not speak the customer's language."),
        (candidate(7), {"held": held(18)}, "Anna has no time left in this window."),
        (candidate(7), {"held": held(2, BEN, AFTERNOON), "agent": BEN}, "Ben makes 2 visits a day; this day is full."),
    ],
)
def test_hard_rules_refuse_and_say_why(visit: Candidate, more: dict[str, Any], why: str) -> None:
    found = verdict(visit, **more)
    assert (found.allowed, said(found)) == (False, [why])


def test_what_is_there_is_there_with_skill_language_and_room() -> None:
    assert verdict(candidate(7, skill="stove", language="en"), skills=["stove"], languages=["en"]).allowed
    assert verdict(candidate(7), held=held(17)).allowed
    assert verdict(candidate(7), held=(*held(17), Held(7, ANNA, TUESDAY, MORNING))).allowed, "its own place is free"


def test_several_reasons_are_all_named() -> None:
    found = verdict(candidate(7, blocked="gap", not_agent=ANNA), days_off=[TUESDAY])
    assert said(found) == [
        "Contacted a short while ago",
        "Who handled the case does not make its revisit; leave it to a colleague.",
        "Anna is away on this day.",
    ]


@pytest.mark.parametrize(
    ("visit", "more", "named"),
    [
        (candidate(7), {"held": held(4), "share": 4}, ["The day then has 5 visits; an even share is 4."]),
        (candidate(7), {"held": held(3), "share": 4}, []),
        (candidate(7), {"held": (*held(4), Held(7, BEN, TUESDAY, AFTERNOON)), "share": 4}, []),
        (candidate(7, obligatory=True), {"held": held(4), "share": 4}, []),
        (candidate(7, known_agents=(BEN, ANNA)), {}, []),
        (candidate(7, known_agents=(BEN,)), {}, ["Ben spoke with the customer before."]),
        (candidate(7, known_agents=(9,)), {}, []),
        (
            candidate(7, obligatory=True, due_by=at("2026-09-14 12:00")),
            {},
            ["The visit is owed by 2026-09-14 12:00; it would be late."],
        ),
    ],
)
def test_soft_rules_give_way_and_are_named(visit: Candidate, more: dict[str, Any], named: list[str]) -> None:
    found = verdict(visit, **more)
    assert (found.allowed, said(found)) == (True, named)


def test_an_owed_visit_is_not_made_late_while_there_is_time() -> None:
    visit = candidate(7, obligatory=True, due_by=at("2026-09-15 12:00"))
    assert said(verdict(visit, AFTERNOON)) == ["The visit must be made by 2026-09-15 12:00."]
    assert verdict(visit, MORNING).allowed
