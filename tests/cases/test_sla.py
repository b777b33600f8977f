"""The SLA table around weekends, holidays and make-up days, in working time or round the clock as the policy says."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from huiyin.cases.rules.shipped import QUICK, STANDARD
from huiyin.cases.rules.sla import Clock, Policy, owed, read_policy, stands_still
from huiyin.kernel.refusal import Invalid
from huiyin.working_time.public import Span, Unit, calendar_of, deadline

pytestmark = pytest.mark.django_db  # calendars are kept in the database
SHANGHAI = ZoneInfo("Asia/Shanghai")
STANDARD_SET, QUICK_SET = read_policy(STANDARD), read_policy(QUICK)


def due(policy: Policy, level: str, goal: str, start: str, event: str = "received") -> str | None:
    """When a goal is due, as a clock in Shanghai shows it."""
    clock = next((clock for clock in owed(policy, level, event) if clock.goal == goal), None)
    if clock is None:
        return None
    begins = datetime.fromisoformat(start).replace(tzinfo=SHANGHAI)
    at = deadline(calendar_of(policy.calendar), begins, Span(clock.amount, Unit(clock.unit))).at
    return at.astimezone(SHANGHAI).strftime("%m-%d %H:%M")


# 2026: Wednesday 30 September, National Day 1–7 October, make-up workday Saturday 10 October.
TABLE = [
    ("urgent", "first_response", "2026-09-28 09:00", "09-28 11:00"),
    ("urgent", "first_response", "2026-09-30 17:00", "09-30 19:00"),
    ("urgent", "solve", "2026-09-30 17:00", "10-01 17:00"),
    ("important", "first_response", "2026-09-28 09:00", "09-28 14:00"),
    ("important", "first_response", "2026-09-30 16:00", "10-08 11:00"),
    ("important", "plan", "2026-09-28 09:00", "10-08 09:00"),
    ("important", "plan", "2026-10-08 10:40", "10-12 10:40"),
    ("important", "solve", "2026-09-28 09:00", None),
    ("general", "first_response", "2026-09-28 09:00", "09-28 18:00"),
    ("general", "first_response", "2026-10-09 10:00", "10-10 10:00"),
    ("general", "solve", "2026-09-28 09:00", "10-10 09:00"),
    ("general", "solve", "2026-09-30 20:00", "10-14 09:00"),
    ("general", "verify", "2026-09-30 10:00", "10-08 10:00"),
    ("general", "verify", "2026-10-09 10:00", "10-10 10:00"),
    ("urgent", "verify", "2026-10-10 12:30", "10-12 13:00"),
]


@pytest.mark.parametrize(("level", "goal", "start", "at"), TABLE)
def test_the_standard_table_over_national_day_and_its_make_up_saturday(
    level: str, goal: str, start: str, at: str | None
) -> None:
    assert due(STANDARD_SET, level, goal, start) == at


@pytest.mark.parametrize(
    ("level", "goal", "at"),
    [
        ("urgent", "first_response", "10-01 16:00"),
        ("urgent", "solve", "10-01 16:00"),
        ("important", "plan", "10-02 16:00"),
        ("important", "solve", "10-03 16:00"),
        ("general", "solve", "10-10 16:00"),
    ],
)
def test_the_second_set_counts_round_the_clock_but_for_general_cases(level: str, goal: str, at: str) -> None:
    assert due(QUICK_SET, level, goal, "2026-09-30 16:00") == at


def test_stages_after_the_work_have_their_own_clocks() -> None:
    assert due(STANDARD_SET, "general", "tell_result", "2026-10-09 15:00", "finished") == "10-10 15:00"
    assert due(STANDARD_SET, "urgent", "revisit", "2026-09-30 15:00", "settled") == "10-01 15:00"


def test_a_reopened_case_owes_a_solution_again_but_no_first_response() -> None:
    assert [clock.goal for clock in owed(STANDARD_SET, "general", "reopened")] == ["solve"]
    assert [clock.goal for clock in owed(STANDARD_SET, "important", "reopened")] == ["plan"]


def test_a_clock_of_the_level_beats_the_one_for_every_level() -> None:
    every, own = Clock("*", "received", "solve", 5, "hours"), Clock("urgent", "received", "solve", 1, "hours")
    policy = Policy("own", 1, "standard", (own, every))
    assert owed(policy, "urgent", "received") == [own]
    assert owed(policy, "general", "received") == [every]


def test_clocks_stand_still_for_the_customer_only() -> None:
    assert stands_still(STANDARD_SET, "customer")
    assert not stands_still(STANDARD_SET, "part")
    assert not stands_still(STANDARD_SET, "third_party")


@pytest.mark.parametrize(
    "wrong", [{"level": "dire"}, {"start": "birth"}, {"goal": "peace"}, {"unit": "moons"}, {"amount": 0}]
)
def test_a_clock_that_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        read_policy(STANDARD | {"clocks": [STANDARD["clocks"][0] | wrong]})
