"""Contradictions and gaps give a clear word and a plan of what is possible; the binding rule is the one named."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from huiyin.contact_ledger.public import ContactFacts, ContactNumbers, block_of
from huiyin.kernel.windows import PARTS_OF_DAY, Liked
from huiyin.visits.queries.facts import PASSED
from huiyin.visits.rules.planning import Agent, Kept, Placed, PlanPolicy, Quota
from huiyin.visits.rules.planning.columns import micros
from huiyin.visits.rules.planning.draw_plan import draw_plan
from huiyin.visits.rules.planning.reaching import BLOCKS, Contacts, reach
from tests.visits.planning_worlds import FIRST_WEEK, SECOND_WEEK, agents, at, candidate, codes, relaxed, week_from

POLICY = PlanPolicy()
MORNING = Liked(PARTS_OF_DAY["morning"])


def test_a_week_without_a_call_window_says_so_and_plans_nobody() -> None:
    plan = draw_plan(POLICY, week_from(SECOND_WEEK, ()), [candidate(1)], agents(2), seed=1)
    assert (plan.assignments, codes(plan)) == ((), {1: "no_window"})
    assert relaxed(plan)["no_window"] == {}


def test_a_company_without_people_says_so() -> None:
    plan = draw_plan(POLICY, week_from(SECOND_WEEK), [candidate(1)], [], seed=1)
    assert (codes(plan), relaxed(plan)["nobody"]) == ({1: "nobody_fit"}, {})


def test_an_empty_band_is_named_and_its_places_are_filled_from_beside() -> None:
    people = [candidate(n, 8000) for n in range(1, 400)]
    plan = draw_plan(POLICY, week_from(SECOND_WEEK), people, agents(4), seed=1)
    empty = [dict(each.params) for each in plan.relaxations if each.code == "band_empty"]
    assert (empty, len(plan.assignments)) == ([{"low": "1500"}, {"low": "3000"}], 250)


def test_a_store_whose_customers_nobody_can_visit_is_counted() -> None:
    people = [candidate(1, store=5, language="en"), candidate(2, store=6), candidate(3, store=6, language="en")]
    plan = draw_plan(POLICY, week_from(SECOND_WEEK), people, agents(2), seed=1)
    assert relaxed(plan)["store_without_people"] == {"stores": 1}
    assert [each.candidate for each in plan.assignments] == [2]


def test_a_quota_beyond_what_people_can_do_is_named_and_filled_as_far_as_possible() -> None:
    people = [candidate(n) for n in range(1, 400)]
    plan = draw_plan(POLICY, week_from(SECOND_WEEK), people, agents(2, a_day=20), seed=1)
    assert relaxed(plan)["people_short"] == {"room": 200, "target": 250}
    assert relaxed(plan)["quota_missed"] == {"planned": 200, "target": 250, "missing": 50}
    assert set(codes(plan).values()) == {"no_room"}


def test_minimums_of_small_stores_beyond_the_weeks_places_are_named() -> None:
    policy = PlanPolicy(first_week=Quota(10, 10, 2))
    stores = dict.fromkeys(range(1, 6), 0)
    people = [candidate(n, store=1 + n % 5, store_size="small") for n in range(1, 61)]
    plan = draw_plan(policy, week_from(FIRST_WEEK), people, agents(2), seed=1, small_stores=stores)
    assert relaxed(plan)["small_stores_too_many"] == {"needed": 40, "target": 10}
    assert (len(plan.assignments), relaxed(plan)["small_store_missed"]["minimum"]) == (10, 15)


def test_who_drew_a_low_number_and_finds_no_room_is_told_so_not_that_the_band_was_full() -> None:
    policy = PlanPolicy(other_weeks=Quota(3, 3, 3), minutes_per_visit=90)
    people = [candidate(n, liked=MORNING) for n in range(1, 6)] + [candidate(9)]
    plan = draw_plan(policy, week_from(SECOND_WEEK, (1,)), people, [Agent(1, 3)], seed=1)
    told = codes(plan)
    assert len(plan.assignments) == 2
    assert set(told.values()) == {"no_room"}


def test_a_full_day_is_told_apart_from_full_people() -> None:
    monday = [candidate(n, due_by=at("2026-09-15")) for n in range(1, 101)]
    plan = draw_plan(POLICY, week_from(SECOND_WEEK), monday, agents(9), seed=1)
    assert (len(plan.assignments), set(codes(plan).values())) == (62, {"day_full"})


def test_the_last_number_drawn_of_each_band_is_known() -> None:
    people = [candidate(n, 8000) for n in range(1, 401)]
    policy = PlanPolicy(other_weeks=Quota(10, 10, 2))
    plan = draw_plan(policy, week_from(SECOND_WEEK), people, agents(4), seed=1)
    assert plan.last_drawn["5000"] == 10
    assert sorted(each.place for each in plan.not_chosen) == list(range(11, 401))


def test_somebody_new_is_explained_when_the_acquaintance_is_full() -> None:
    policy = PlanPolicy(other_weeks=Quota(3, 3, 3), minutes_per_visit=75)
    people = [candidate(n, known_agents=(1,)) for n in range(1, 4)]
    plan = draw_plan(policy, week_from(SECOND_WEEK, (1,)), people, [Agent(1, 2), Agent(2, 2)], seed=1)
    told = sorted(each.because[-1][0] for each in plan.assignments)
    assert (told, relaxed(plan)["other_agent"]) == (["other_agent", "same_agent", "same_agent"], {"count": 1})


def test_when_somebody_falls_ill_only_their_visits_move() -> None:
    week = week_from(SECOND_WEEK)
    people = [candidate(n) for n in range(1, 301)]
    crew = [Agent(1, 30), Agent(2, 30), Agent(3, 30)]
    before = draw_plan(POLICY, week, people, crew, seed=4)
    there = {each.candidate: Placed(each.agent, each.window.end) for each in before.assignments}
    planned = [candidate(n, placed=there.get(n)) for n in range(1, 301)]
    ill = frozenset({SECOND_WEEK, SECOND_WEEK + timedelta(days=1)})
    hers = [each for each in before.assignments if each.agent == 2 and each.window.day in ill]
    after = draw_plan(POLICY, week, planned, [crew[0], Agent(2, 30, ill), crew[2]], seed=9)
    assert {each.candidate for each in after.assignments} == set(there)
    assert 0 < len(hers) == after.moved == relaxed(after)["moved"]["count"]
    told = {each.candidate: each.because[-1][0] for each in after.assignments}
    assert {who for who, code in told.items() if code == "moved"} == {each.candidate for each in hers}


def test_who_is_planned_falls_out_only_when_there_is_no_place_left_and_is_counted() -> None:
    policy = PlanPolicy(other_weeks=Quota(4, 4, 4), minutes_per_visit=75)
    week = week_from(SECOND_WEEK, (1,))
    window = week.windows[1]
    planned = [candidate(n, placed=Placed(1 + n % 2, window.end)) for n in range(1, 5)]
    after = draw_plan(policy, week, planned, [Agent(1, 0), Agent(2, 3)], seed=1)
    assert (len(after.assignments), relaxed(after)["dropped"]) == (3, {"count": 1})
    assert set(codes(after).values()) == {"no_room"}


def test_a_planned_customer_who_says_no_more_falls_out() -> None:
    week = week_from(SECOND_WEEK)
    planned = candidate(1, blocked="do_not_contact", placed=Placed(1, week.windows[0].end))
    plan = draw_plan(POLICY, week, [planned], agents(1), seed=1)
    assert (codes(plan), relaxed(plan)["dropped"]) == ({1: "do_not_contact"}, {"count": 1})


def test_amounts_of_the_last_resort_are_told_that_nobody_had_to_go_so_low() -> None:
    people = [candidate(n, 500) for n in range(1, 5)] + [candidate(n, 8000) for n in range(10, 400)]
    plan = draw_plan(POLICY, week_from(SECOND_WEEK), people, agents(4), seed=1)
    assert {codes(plan)[n] for n in range(1, 5)} == {"lowest_band"}


def test_who_is_not_planned_is_told_that_those_before_hold_the_places() -> None:
    week = week_from(SECOND_WEEK)
    people = [candidate(n) for n in range(1, 301)]
    before = draw_plan(POLICY, week, people, agents(4), seed=4)
    there = {each.candidate: Placed(each.agent, each.window.end) for each in before.assignments}
    after = draw_plan(POLICY, week, [candidate(n, placed=there.get(n)) for n in range(1, 301)], agents(4), seed=9)
    assert (after.moved, set(codes(after).values())) == (0, {"places_taken"})


def test_what_is_kept_leaves_no_room_beyond_a_persons_day() -> None:
    kept = [Kept(900 + n, SECOND_WEEK, 1, at("2026-09-14 14:00"), "5000", None, sampled=True) for n in range(3)]
    plan = draw_plan(POLICY, week_from(SECOND_WEEK, (0,)), [candidate(1)], [Agent(1, 3)], seed=1, kept=kept)
    assert codes(plan) == {1: "no_room"}


@pytest.mark.parametrize("owed", [False, True])
@pytest.mark.parametrize("silent", [False, True])
@pytest.mark.parametrize("phone", [False, True])
@pytest.mark.parametrize("contact_days", [None, 3, 5, 8])
@pytest.mark.parametrize("in_month", [0, 3])
@pytest.mark.parametrize("refused_days", [None, 20, 200])
def test_contact_rules_on_columns_say_the_same_as_for_one_customer(
    owed: bool, silent: bool, phone: bool, contact_days: int | None, in_month: int, refused_days: int | None
) -> None:
    numbers, begins = ContactNumbers(), at("2026-09-14 14:00")
    last = None if contact_days is None else begins - timedelta(days=contact_days)
    refused = None if refused_days is None else begins - timedelta(days=refused_days)
    facts = ContactFacts(
        do_not_contact=silent, has_address=phone, last_contact=last, this_month=in_month, refused_at=refused
    )
    contacts = Contacts(
        np.array([silent]),
        np.array([phone]),
        np.array([micros(last) if last else 0]),
        np.array([in_month]),
        np.array([micros(refused) if refused else 0]),
    )
    last_start = begins + timedelta(days=3)
    found = reach(
        numbers,
        contacts,
        np.array([owed]),
        np.array([0]),
        begins=micros(begins),
        last_start=micros(last_start),
    )
    blocked = block_of(numbers, facts, "owed" if owed else "follow_up", begins)
    expected = PASSED[blocked] if blocked else ""
    ends_in_week = expected == "gap" and last is not None and last + numbers.gap <= last_start
    assert BLOCKS[found.block[0]] == ("" if ends_in_week else expected)
    assert found.due_from[0] == (micros(last + numbers.gap) if ends_in_week and last else 0)
