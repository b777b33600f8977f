"""What a weekly plan promises, by examples with exact numbers (VIS-10..17)."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from huiyin.kernel.refusal import Invalid
from huiyin.kernel.windows import PARTS_OF_DAY, Liked
from huiyin.visits.rules.planning import (
    Agent,
    Kept,
    PlanPolicy,
    Quota,
    draw_replacement,
    policy_from,
    policy_to,
)
from huiyin.visits.rules.planning.draw_plan import draw_plan
from huiyin.visits.rules.planning.quota import band_targets, day_shares, fallbacks, small_store_needs, week_target
from huiyin.visits.rules.weeks import BelongsBy, WeekOfMonth, iso_week, monday_of_iso, turn_of, week_of_month
from tests.visits.planning_worlds import (
    FIRST_WEEK,
    SECOND_WEEK,
    agents,
    at,
    candidate,
    codes,
    relaxed,
    week_from,
)

POLICY = PlanPolicy()


@pytest.mark.parametrize(
    ("monday", "days", "target"),
    [
        (FIRST_WEEK, 5, 150),
        (FIRST_WEEK, 6, 180),
        (FIRST_WEEK, 7, 180),
        (FIRST_WEEK, 3, 90),
        (SECOND_WEEK, 5, 250),
        (SECOND_WEEK, 6, 300),
        (SECOND_WEEK, 2, 100),
        (SECOND_WEEK, 0, 0),
    ],
)
def test_week_1_has_30_a_day_and_the_others_50_within_the_weeks_limits(monday: date, days: int, target: int) -> None:
    assert week_target(POLICY, monday, days) == target


@pytest.mark.parametrize(
    ("day", "by", "week"),
    [
        (date(2026, 9, 28), BelongsBy.MONDAY, WeekOfMonth(2026, 9, 4)),
        (date(2026, 10, 4), BelongsBy.MONDAY, WeekOfMonth(2026, 9, 4)),
        (date(2026, 10, 5), BelongsBy.MONDAY, WeekOfMonth(2026, 10, 1)),
        (date(2026, 9, 28), BelongsBy.THURSDAY, WeekOfMonth(2026, 10, 1)),
        (date(2026, 8, 31), BelongsBy.MONDAY, WeekOfMonth(2026, 8, 5)),
        (date(2027, 1, 1), BelongsBy.MONDAY, WeekOfMonth(2026, 12, 4)),
    ],
)
def test_a_week_belongs_to_the_month_of_its_monday_unless_the_company_says_thursday(
    day: date, by: BelongsBy, week: WeekOfMonth
) -> None:
    assert week_of_month(day, by) == week


def test_iso_weeks_are_read_and_written() -> None:
    assert (monday_of_iso("2026-W40"), iso_week(date(2026, 10, 4))) == (date(2026, 9, 28), "2026-W40")


def test_turns_alternate_over_the_end_of_a_year_with_53_weeks() -> None:
    mondays = [date(2026, 12, 14) + timedelta(weeks=n) for n in range(6)]
    turns = [turn_of(monday, ("large", "small")) for monday in mondays]
    assert turns in ([*["large", "small"] * 3], [*["small", "large"] * 3])


def test_bands_split_20_30_50() -> None:
    assert band_targets(POLICY, 250) == {"below": 0, "1500": 50, "3000": 75, "5000": 125}
    assert band_targets(POLICY, 151) == {"below": 0, "1500": 30, "3000": 45, "5000": 76}
    assert sum(band_targets(POLICY, 183).values()) == 183


@pytest.mark.parametrize(
    ("amount", "band"),
    [(0, "below"), (1499, "below"), (1500, "1500"), (2999, "1500"), (3000, "3000"), (4999, "3000"), (5000, "5000")],
)
def test_amounts_fall_into_their_band(amount: int, band: str) -> None:
    assert POLICY.band_of(candidate(1, amount).amount) == band


def test_a_dry_band_is_filled_from_the_nearest_up_first() -> None:
    assert fallbacks(POLICY.bands, "3000") == ["5000", "1500"]
    assert fallbacks(POLICY.bands, "1500") == ["3000", "5000"]


def test_days_differ_by_one_at_most() -> None:
    days = [SECOND_WEEK + timedelta(days=n) for n in range(4)]
    assert sorted(day_shares(250, days).values()) == [62, 62, 63, 63]


def test_small_stores_get_their_15_spread_over_their_turns_left() -> None:
    assert turn_of(FIRST_WEEK, POLICY.turns) == "small"
    assert small_store_needs(POLICY, FIRST_WEEK, {1: 0, 2: 9, 3: 15}) == {1: 8, 2: 3}
    assert small_store_needs(POLICY, SECOND_WEEK, {1: 0}) == {}
    assert small_store_needs(POLICY, date(2026, 9, 21), {1: 8}) == {1: 7}
    assert small_store_needs(POLICY, date(2026, 9, 28), {1: 12}) == {1: 3}


def mixed(count: int) -> list:
    amounts = (800, 2000, 4000, 8000)
    return [candidate(n, amounts[n % 4]) for n in range(1, count + 1)]


def test_a_full_week_meets_quota_mix_and_evenness() -> None:
    plan = draw_plan(POLICY, week_from(SECOND_WEEK), mixed(2000), agents(4), seed=7)
    assert len(plan.assignments) == plan.target == 250
    assert Counter(each.band for each in plan.assignments) == {"1500": 50, "3000": 75, "5000": 125}
    assert set(Counter(each.window.day for each in plan.assignments).values()) == {50}
    assert plan.relaxations == ()
    assert {each.window.start.time().hour for each in plan.assignments if each.window.day == SECOND_WEEK} == {14}
    assert set(codes(plan).values()) == {"not_drawn", "lowest_band"}


def test_the_same_seed_gives_the_same_plan_whatever_the_order_and_another_seed_another() -> None:
    people = mixed(900)
    first = draw_plan(POLICY, week_from(SECOND_WEEK), people, agents(4), seed=7)
    again = draw_plan(POLICY, week_from(SECOND_WEEK), people[::-1], agents(4)[::-1], seed=7)
    other = draw_plan(POLICY, week_from(SECOND_WEEK), people, agents(4), seed=8)
    assert first == again
    assert {each.candidate for each in first.assignments} != {each.candidate for each in other.assignments}


def test_a_dry_band_is_filled_and_the_plan_says_so() -> None:
    people = [candidate(n, 2000) for n in range(1, 41)] + [candidate(n, 8000) for n in range(100, 400)]
    plan = draw_plan(POLICY, week_from(SECOND_WEEK), people, agents(4), seed=1)
    assert len(plan.assignments) == 250
    assert [(each.code, dict(each.params)) for each in plan.relaxations] == [
        ("band_empty", {"low": "3000"}),
        ("band_filled", {"low": "1500", "count": 10}),
        ("band_filled", {"low": "3000", "count": 75}),
    ]


def test_below_1500_comes_last_of_all() -> None:
    people = [candidate(n, 500) for n in range(1, 400)] + [candidate(n, 8000) for n in range(1000, 1240)]
    plan = draw_plan(POLICY, week_from(SECOND_WEEK), people, agents(4), seed=1)
    assert relaxed(plan)["last_resort"] == {"count": 10}
    assert sum(each.candidate < 1000 for each in plan.assignments) == 10


def test_a_small_store_that_needs_its_minimum_is_no_way_around_the_bands() -> None:
    people = [candidate(1, 500, store=2, store_size="small"), candidate(2, 8000, store=2, store_size="small")]
    plan = draw_plan(POLICY, week_from(SECOND_WEEK), people, agents(1), seed=1, small_stores={2: 15})
    assert relaxed(plan)["last_resort"] == {"count": 1}


def test_stores_take_turns_and_the_others_fill_only_what_is_missing() -> None:
    large = [candidate(n, 8000, store=1, store_size="large") for n in range(1, 201)]
    small = [candidate(n, 8000, store=2, store_size="small") for n in range(500, 900)]
    plan = draw_plan(POLICY, week_from(SECOND_WEEK), large + small, agents(4), seed=1, small_stores={2: 15})
    assert (plan.turn, Counter(each.store for each in plan.assignments)) == ("large", {1: 200, 2: 50})
    assert relaxed(plan)["off_turn"] == {"count": 50}
    assert set(codes(plan).values()) == {"off_turn"}


def test_each_small_store_reaches_its_minimum_even_when_its_customers_buy_little() -> None:
    poor = [candidate(n, 900, store=9, store_size="small") for n in range(1, 30)]
    rich = [candidate(n, 8000, store=8, store_size="small") for n in range(100, 900)]
    plan = draw_plan(POLICY, week_from(FIRST_WEEK), poor + rich, agents(4), seed=1, small_stores={8: 0, 9: 0})
    assert Counter(each.store for each in plan.assignments)[9] == 8
    assert plan.target == len(plan.assignments) == 150
    assert {each.because[0][0] for each in plan.assignments if each.store == 9} == {"small_store"}


def test_owed_visits_come_first_and_as_early_as_possible_beside_the_quota() -> None:
    owed = candidate(1, due_from=at("2026-09-15 11:00"), due_by=at("2026-09-16 11:00"), obligatory=True, not_agent=1)
    plan = draw_plan(POLICY, week_from(SECOND_WEEK), [owed, *mixed(1200)[4:]], agents(4), seed=1)
    mine = next(each for each in plan.assignments if each.candidate == 1)
    assert (mine.window.start, mine.agent != 1, mine.because[0][0]) == (at("2026-09-15 14:00"), True, "obligatory")
    assert len(plan.assignments) == 251


def test_an_owed_visit_whose_time_is_over_is_planned_at_once_and_named() -> None:
    late = candidate(1, due_from=at("2026-09-11 17:00"), due_by=at("2026-09-12 17:00"), obligatory=True)
    plan = draw_plan(POLICY, week_from(SECOND_WEEK), [late], agents(1), seed=1)
    assert plan.assignments[0].window.start == at("2026-09-14 14:00")
    assert relaxed(plan)["obligatory_late"] == {"count": 1}


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"blocked": "do_not_contact"}, "do_not_contact"),
        ({"blocked": "gap"}, "gap"),
        ({"due_from": at("2026-09-19")}, "not_due"),
        ({"due_by": at("2026-09-14 14:00")}, "past_due"),
        ({"due_from": at("2026-09-15 12:00"), "due_by": at("2026-09-15 13:00")}, "due_between"),
        (
            {"due_from": at("2026-09-14"), "due_by": at("2026-09-15"), "liked": Liked(PARTS_OF_DAY["morning"])},
            "preference",
        ),
        ({"language": "en"}, "nobody_fit"),
        ({"skill": "lock"}, "nobody_fit"),
    ],
)
def test_hard_rules_name_themselves(facts: dict, reason: str) -> None:
    plan = draw_plan(POLICY, week_from(SECOND_WEEK), [candidate(1, **facts)], agents(2), seed=1)
    assert (plan.assignments, codes(plan)) == ((), {1: reason})


def test_a_customer_has_one_visit_a_week() -> None:
    plan = draw_plan(
        POLICY, week_from(SECOND_WEEK), [candidate(1, customer=5), candidate(2, customer=5)], agents(1), seed=1
    )
    assert len(plan.assignments) == 1
    assert list(codes(plan).values()) == ["other_visit"]


def test_who_spoke_with_the_customer_before_gets_the_visit() -> None:
    plan = draw_plan(POLICY, week_from(SECOND_WEEK), [candidate(1, known_agents=(3,))], agents(4), seed=1)
    assert (plan.assignments[0].agent, plan.assignments[0].because[-1][0]) == (3, "same_agent")


def test_flexible_visits_step_aside_for_one_with_a_single_window() -> None:
    policy = PlanPolicy(other_weeks=Quota(2, 2, 2), minutes_per_visit=90)
    week = week_from(SECOND_WEEK, (1,))
    flexible = [candidate(n, 6000) for n in range(1, 3)]
    morning = candidate(9, 2000, liked=Liked(PARTS_OF_DAY["morning"]))
    for seed in range(20):
        plan = draw_plan(policy, week, [*flexible, morning], [Agent(1, 2)], seed=seed)
        assert len(plan.assignments) == 2
    owed = [candidate(n, obligatory=True) for n in (1, 2)]
    plan = draw_plan(
        policy, week, [candidate(9, liked=Liked(PARTS_OF_DAY["morning"]), obligatory=True), *owed], agents(1), seed=1
    )
    assert {each.candidate: each.window.start.hour for each in plan.assignments}[9] == 10


def test_a_short_week_and_missing_customers_are_named() -> None:
    plan = draw_plan(POLICY, week_from(SECOND_WEEK, (0, 1, 2)), mixed(40)[:40], agents(4), seed=1)
    assert relaxed(plan)["short_week"] == {"days": 3, "target": 150, "least": 250}
    assert relaxed(plan)["quota_missed"] == {"planned": 40, "target": 150, "missing": 110}


def test_without_windows_or_people_the_plan_is_empty_and_says_why() -> None:
    nobody = draw_plan(POLICY, week_from(SECOND_WEEK), mixed(9), [], seed=1)
    closed = draw_plan(POLICY, week_from(SECOND_WEEK, ()), mixed(9), agents(2), seed=1)
    assert (nobody.assignments, "nobody" in relaxed(nobody)) == ((), True)
    assert (closed.assignments, closed.target, "no_window" in relaxed(closed)) == ((), 0, True)


def test_days_go_over_their_share_only_when_nothing_else_fills_the_quota() -> None:
    monday_only = [candidate(n, 8000, due_by=at("2026-09-15")) for n in range(1, 300)]
    plan = draw_plan(POLICY, week_from(SECOND_WEEK), monday_only, agents(9), seed=1)
    assert len(plan.assignments) == 62
    assert relaxed(plan)["uneven"] == {"most": 62, "share": 50}


def test_what_is_kept_counts_for_quota_band_and_capacity() -> None:
    kept = [Kept(5000 + n, SECOND_WEEK, 1, at("2026-09-14 14:00"), "5000", None, sampled=True) for n in range(30)]
    plan = draw_plan(POLICY, week_from(SECOND_WEEK), mixed(2000), agents(4), seed=1, kept=kept)
    assert len(plan.assignments) == 220
    assert Counter(each.band for each in plan.assignments) == {"1500": 50, "3000": 75, "5000": 95}
    on_monday = [each for each in plan.assignments if each.window.day == SECOND_WEEK]
    assert len(on_monday) == 20
    assert all(each.agent != 1 for each in on_monday)


def test_strata_report_planned_against_candidates() -> None:
    people = [candidate(n, 8000, store=1, store_size="large") for n in range(1, 11)]
    plan = draw_plan(POLICY, week_from(SECOND_WEEK), people, agents(1), seed=1)
    (stratum,) = plan.strata
    assert (stratum.band, stratum.store, stratum.candidates, stratum.planned) == ("5000", 1, 10, 10)


def test_a_policy_survives_its_file() -> None:
    assert policy_from(policy_to(POLICY)) == POLICY
    assert policy_from({}) == POLICY


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"other_weeks": {"least": 300, "most": 250, "a_day": 50}}, "other_weeks"),
        ({"bands": [{"code": "a", "low": "0", "high": None, "share": 90}]}, "bands"),
        (
            {
                "bands": [
                    {"code": "a", "low": "0", "high": "100", "share": 50},
                    {"code": "b", "low": "200", "high": None, "share": 50},
                ]
            },
            "bands",
        ),
        ({"minutes_per_visit": 0}, "minutes_per_visit"),
    ],
)
def test_contradicting_numbers_are_refused_and_named(data: dict, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        policy_from(data)
    assert list(refusal.value.fields) == [field]


def test_unreadable_numbers_are_refused() -> None:
    with pytest.raises(Invalid):
        policy_from({"belongs_by": "soon"})


def test_a_replacement_comes_from_the_same_band_and_store_first() -> None:
    week = week_from(SECOND_WEEK)
    same_store = candidate(1, 4000, store=1, store_size="small")
    same_size = candidate(2, 4000, store=2, store_size="small")
    same_band = candidate(3, 4000, store=3, store_size="large")
    other = candidate(4, 9000, store=1, store_size="small")
    people = [other, same_band, same_size, same_store]
    like = {"band": "3000", "store": 1, "store_size": "small"}
    drawn = []
    while people:
        found = draw_replacement(POLICY, week, people, agents(1), seed=3, kept=[], **like)
        assert found is not None
        assert found.because[0][0] == "replaces"
        drawn.append(found.candidate)
        people = [each for each in people if each.id != found.candidate]
    assert drawn == [1, 2, 3, 4]


def test_no_replacement_without_a_free_place_or_for_a_customer_of_this_week() -> None:
    week = week_from(SECOND_WEEK)
    like = {"band": "5000", "store": None, "store_size": ""}
    busy = [Kept(7, SECOND_WEEK, 1, at("2026-09-14 14:00"), "5000", None, sampled=True)]
    assert draw_replacement(POLICY, week, [candidate(7)], agents(1), seed=1, kept=busy, **like) is None
    assert draw_replacement(POLICY, week, [candidate(8)], agents(1, a_day=0), seed=1, kept=[], **like) is None
