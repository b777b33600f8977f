"""May I call now, and if not, why and from when (VIS-14, VIS-15)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from huiyin.kernel.windows import PARTS_OF_DAY, Liked
from huiyin.visits.rules.calling import ContactFacts, ContactPolicy, may_call
from tests.visits.planning_worlds import at, week_from

POLICY = ContactPolicy()
WEEK = week_from(at("2026-09-14").date())


def answer(now: str, liked: str = "any", facts: ContactFacts | None = None, **more):
    return may_call(POLICY, facts or ContactFacts(), WEEK.windows, Liked(PARTS_OF_DAY[liked]), at(now), **more)


@pytest.mark.parametrize(
    ("now", "code", "from_when"),
    [
        ("2026-09-14 10:30", "outside_window", "2026-09-14 14:00"),
        ("2026-09-14 14:00", "yes", None),
        ("2026-09-14 16:30", "outside_window", "2026-09-15 10:00"),
        ("2026-09-15 10:00", "yes", None),
        ("2026-09-15 12:30", "outside_window", "2026-09-15 14:00"),
        ("2026-09-19 11:00", "outside_window", None),
    ],
)
def test_calls_only_in_the_windows_and_never_on_monday_morning(now: str, code: str, from_when: str | None) -> None:
    given = answer(now)
    assert (given.code, given.from_when) == (code, at(from_when) if from_when else None)


def test_a_customers_preference_narrows_the_windows() -> None:
    given = answer("2026-09-15 10:30", "afternoon")
    assert (given.code, given.from_when) == ("outside_hours", at("2026-09-15 14:00"))
    assert answer("2026-09-15 15:00", "afternoon").allowed


@pytest.mark.parametrize(
    ("facts", "code", "firm"),
    [
        (ContactFacts(do_not_contact=True), "do_not_contact", True),
        (ContactFacts(has_phone=False), "no_phone", True),
        (ContactFacts(last_contact=at("2026-09-10 15:00")), "gap", False),
        (ContactFacts(contacts_this_month=3), "monthly_cap", False),
        (ContactFacts(refused_at=at("2026-08-01")), "refused_before", False),
    ],
)
def test_contact_rules_say_no_with_a_reason(facts: ContactFacts, code: str, firm: bool) -> None:
    given = answer("2026-09-15 15:00", facts=facts)
    assert (given.allowed, given.code, given.firm) == (False, code, firm)


def test_the_gap_ends_after_seven_days() -> None:
    facts = ContactFacts(last_contact=at("2026-09-08 14:30"))
    assert answer("2026-09-15 14:29", facts=facts).from_when == at("2026-09-15 14:30")
    assert answer("2026-09-15 14:30", facts=facts).allowed


def test_owed_visits_pass_gap_and_cap_but_never_do_not_contact() -> None:
    busy = ContactFacts(last_contact=at("2026-09-15 10:00"), contacts_this_month=9)
    assert answer("2026-09-15 15:00", facts=busy, owed=True).allowed
    assert not answer("2026-09-15 15:00", facts=ContactFacts(do_not_contact=True), owed=True).allowed


def test_a_time_the_customer_named_opens_the_evening_but_not_before() -> None:
    evening: datetime = at("2026-09-15 19:30")
    assert not answer("2026-09-15 19:00", asked_for=evening).allowed
    assert answer("2026-09-15 19:30", asked_for=evening).allowed
    assert answer("2026-09-15 19:00", asked_for=evening).from_when == evening
    blocked = ContactFacts(do_not_contact=True, last_contact=evening - timedelta(days=1))
    assert answer("2026-09-15 19:30", facts=blocked, asked_for=evening).code == "do_not_contact"
