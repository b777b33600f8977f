"""Plans are the best there are: checked against every possible plan of tiny companies, and by their own proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations, product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.kernel.windows import PARTS_OF_DAY, Liked
from huiyin.visits.rules.planning import Agent, Candidate, Plan, PlanPolicy, PlanWeek, Quota
from huiyin.visits.rules.planning.columns import columns_of, lots
from huiyin.visits.rules.planning.draw_plan import draw_plan, open_places
from huiyin.visits.rules.planning.lots import lot
from huiyin.visits.rules.planning.prices import PRICES
from huiyin.visits.rules.planning.quota import band_targets, day_shares, fallbacks, last_resort
from huiyin.visits.rules.weeks import turn_of
from tests.visits.planning_worlds import MANY, SECOND_WEEK, Company, at, candidate, companies, week_from

POLICY = PlanPolicy(minutes_per_visit=75, other_weeks=Quota(0, 4, 2), small_store_minimum=0, day_slack=100)
Place = tuple[int, int] | None


@st.composite
def tiny(draw: st.DrawFn) -> Company:
    """Two days, two people, up to five drawn candidates: few enough to try every plan."""
    week = week_from(SECOND_WEEK, (1, 2))
    crew = [
        Agent(number, draw(st.integers(0, 2)), skills=frozenset({"lock"} if number == 2 else ())) for number in (1, 2)
    ]
    people = [
        candidate(
            number,
            draw(st.sampled_from([800, 2000, 4000, 8000])),
            due_by=draw(st.sampled_from([at("2026-10-31"), at("2026-09-15 17:00")])),
            store=1,
            store_size=draw(st.sampled_from(["", "large", "small"])),
            liked=Liked(PARTS_OF_DAY[draw(st.sampled_from(["any", "morning"]))]),
            skill=draw(st.sampled_from(["", "", "lock"])),
        )
        for number in range(1, draw(st.integers(0, 5)) + 1)
    ]
    return POLICY, week, people, crew


@settings(max_examples=60, deadline=None)
@given(tiny())
def test_no_other_draw_is_better(company: Company) -> None:
    plan = draw_plan(*company, seed=3)
    (cost,) = [step.cost for step in plan.steps if step.name == "draw"]
    assert cost == min(cost_of(company, places) for places in every_plan(company))


def every_plan(company: Company) -> Iterator[tuple[Place, ...]]:
    """Every way to put candidates on places that breaks no hard rule."""
    policy, week, people, crew = company
    for places in product(*([None, *fitting(week, who, crew)] for who in people)):
        if holds(policy, week, crew, [place for place in places if place]):
            yield places


def fitting(week: PlanWeek, who: Candidate, crew: list[Agent]) -> list[tuple[int, int]]:
    return [
        (agent, number)
        for agent, person in enumerate(crew)
        for number, window in enumerate(week.windows)
        if person.a_day
        and who.due_from <= window.start
        and window.end <= who.due_by
        and (not who.liked.hours or window.start.hour < 12)
        and (not who.skill or who.skill in person.skills)
    ]


def holds(policy: PlanPolicy, week: PlanWeek, crew: list[Agent], places: list[tuple[int, int]]) -> bool:
    by_place = Counter(places)
    by_day = Counter((agent, week.windows[window].day) for agent, window in places)
    in_windows = all(n <= week.windows[w].minutes // policy.minutes_per_visit for (_, w), n in by_place.items())
    return in_windows and all(n <= crew[agent].a_day for (agent, _), n in by_day.items()) and len(places) <= 4


def cost_of(company: Company, places: tuple[Place, ...]) -> int:
    """The price of a draw, reckoned from the prices' own words."""
    policy, week, people, crew = company
    chosen = [who for who, place in zip(people, places, strict=True) if place]
    days = Counter(week.windows[place[1]].day for place in places if place)
    shares = day_shares(4, sorted({window.day for window in week.windows}))
    over = {day: max(days[day] - share, 0) for day, share in shares.items()}
    if any(extra > share for extra, share in zip(over.values(), shares.values(), strict=True)):
        return PRICES.draw.owed
    turn = turn_of(week.monday, policy.turns)
    numbers = numbers_of(policy, [who for who in people if fitting(week, who, crew)])
    off = sum(who.store_size not in ("", turn) for who in chosen)
    cost = sum(over.values()) * PRICES.draw.uneven + off * PRICES.draw.off_turn + sum(numbers[who.id] for who in chosen)
    return (
        cost
        + (4 - len(chosen)) * PRICES.draw.open_place
        + fills(policy, [policy.band_of(who.amount) for who in chosen])
    )


def numbers_of(policy: PlanPolicy, people: list[Candidate]) -> dict[int, int]:
    ordered = sorted(people, key=lambda who: (policy.band_of(who.amount), lot(3, who.id)))
    seen: Counter[str] = Counter()
    numbers = {}
    for who in ordered:
        seen[policy.band_of(who.amount)] += 1
        numbers[who.id] = seen[policy.band_of(who.amount)]
    return numbers


def fills(policy: PlanPolicy, bands: list[str]) -> int:
    """The cheapest way to fill the bands' places with visits of these bands."""
    wanted = open_places(band_targets(policy, 4), {}, 4)
    homes = [code for code, count in wanted.items() for _ in range(count)]
    return min(
        sum(fill(policy, home, band) for home, band in zip(order, bands, strict=False)) for order in permutations(homes)
    )


def fill(policy: PlanPolicy, home: str, band: str) -> int:
    if home == band:
        return 0
    if band in last_resort(policy.bands):
        return PRICES.draw.last_resort
    return (fallbacks(policy.bands, home).index(band) + 1) * PRICES.draw.beside


@settings(max_examples=MANY, deadline=None)
@given(companies(), st.integers(0, 2**31))
def test_a_plan_proves_that_it_is_within_one_percent_of_the_best(company: Company, seed: int) -> None:
    plan = draw_plan(*company, seed=seed, small_stores={3: 0, 4: 13})
    assert all(0 <= step.bound <= step.cost for step in plan.steps)
    assert plan.gap <= 0.01


def strangers(plan: Plan, people: list[Candidate]) -> int:
    known = {who.id: who.known_agents for who in people}
    return sum(bool(known[each.candidate]) and each.agent not in known[each.candidate] for each in plan.assignments)


def test_everybody_gets_the_person_they_know_where_one_exchange_makes_it_possible() -> None:
    policy = PlanPolicy(other_weeks=Quota(4, 4, 4), minutes_per_visit=75)
    week = week_from(SECOND_WEEK, (1,))
    people = [candidate(n, known_agents=(1 + n % 2,)) for n in range(1, 5)]
    plan = draw_plan(policy, week, people, [Agent(1, 2), Agent(2, 2)], seed=1)
    assert (len(plan.assignments), strangers(plan, people), plan.gap) == (4, 0, 0.0)


def test_load_is_shared_by_what_each_person_can_do_a_day() -> None:
    policy = PlanPolicy(other_weeks=Quota(60, 60, 12))
    people = [candidate(n) for n in range(1, 61)]
    plan = draw_plan(policy, week_from(SECOND_WEEK), people, [Agent(1, 20), Agent(2, 10)], seed=1)
    assert Counter(each.agent for each in plan.assignments) == {1: 40, 2: 20}
    assert set(Counter(each.window.day for each in plan.assignments).values()) == {12}


def test_the_person_a_customer_knows_has_no_say_in_who_is_drawn() -> None:
    known = [candidate(n, known_agents=(1,)) for n in range(1, 301)]
    strange = [replace(each, known_agents=()) for each in known]
    crew = [Agent(1, 40), Agent(2, 40)]
    chosen = [
        {each.candidate for each in draw_plan(PlanPolicy(), week_from(SECOND_WEEK), people, crew, seed=5).assignments}
        for people in (known, strange)
    ]
    assert chosen[0] == chosen[1]
    assert len(chosen[0]) == 250


def test_a_visit_whose_time_ends_this_week_comes_before_its_last_window() -> None:
    people = [candidate(n, due_by=at("2026-09-17 12:00")) for n in range(1, 4)]
    plan = draw_plan(PlanPolicy(), week_from(SECOND_WEEK), people, [Agent(1, 50)], seed=1)
    assert max(each.window.day for each in plan.assignments) == date(2026, 9, 16)
    assert len({each.window.day for each in plan.assignments}) == 3


def test_numbers_of_the_draw_are_the_same_one_by_one_and_all_at_once() -> None:
    numbers = np.array([1, 2, 77, 2**40], dtype=np.int64)
    assert lots(11, numbers).tolist() == [lot(11, int(number)) for number in numbers]
    assert len(set(lots(5, np.arange(100_000, dtype=np.int64)).tolist())) == 100_000


def test_the_draw_is_even_over_the_candidates() -> None:
    people = [candidate(n) for n in range(1, 41)]
    policy = PlanPolicy(other_weeks=Quota(10, 10, 2))
    drawn: Counter[int] = Counter()
    for seed in range(200):
        plan = draw_plan(policy, week_from(SECOND_WEEK), columns_of(people), [Agent(1, 9)], seed=seed)
        drawn.update(each.candidate for each in plan.assignments)
    expected = 200 * 10 / 40
    chi_square = sum((drawn[n] - expected) ** 2 / (expected * (1 - 10 / 40)) for n in range(1, 41))
    assert chi_square < 72.1  # 99.9 % of even draws stay below with 39 degrees of freedom


def test_a_week_of_a_few_days_off_still_uses_everybody_who_is_there() -> None:
    off = frozenset(SECOND_WEEK + timedelta(days=n) for n in range(4))
    people = [candidate(n) for n in range(1, 30)]
    plan = draw_plan(PlanPolicy(), week_from(SECOND_WEEK), people, [Agent(1, 50, off)], seed=1)
    assert {each.window.day.isoformat() for each in plan.assignments} == {"2026-09-18"}
