"""What a soft rule costs is a number of the plan: shipped ones change nothing, others change who is drawn (VIS-11)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from huiyin.kernel.refusal import Invalid
from huiyin.visits.actions.save_numbers import save_numbers
from huiyin.visits.queries.comparing import number_differences
from huiyin.visits.queries.policy_contents import newest_rules, numbers_content
from huiyin.visits.rules.plan_faults import plan_faults
from huiyin.visits.rules.planning import PlanPolicy, policy_from, policy_to
from huiyin.visits.rules.planning.draw_plan import draw_plan
from huiyin.visits.rules.planning.prices import DEAREST, PRICE_LABELS, PRICES, by_name, prices_from, prices_to
from tests.conftest import Company
from tests.visits.planning_worlds import SECOND_WEEK, agents, candidate, company_of, relaxed, week_from

SHIPPED = {
    "draw.owed": 2**38,
    "draw.dropped": 2**36,
    "draw.open_place": 2**34,
    "draw.uneven": 2**32,
    "draw.small_store": 2**30,
    "draw.last_resort": 2**28,
    "draw.off_turn": 2**26,
    "draw.beside": 2**23,
    "draw.numbers": 2**20,
    "place.lost": 2**36,
    "place.uneven": 2**30,
    "place.moved": 2**26,
    "place.fuller_day": 2**15,
    "place.stranger": 2**13,
    "place.full_agent": 2**9,
    "place.late_window": 2**7,
    "place.full_window": 2**7,
    "owed.dropped": 2**33,
    "owed.left_out": 2**30,
    "owed.moved": 2**16,
}
TODAY = date(2026, 9, 15)


def drawn(prices: dict[str, Any], people: list) -> Any:
    return draw_plan(policy_from({"prices": prices}), week_from(SECOND_WEEK), people, agents(4), seed=1)


def test_the_shipped_prices_are_the_ladder_and_a_file_without_them_has_them() -> None:
    assert by_name(PRICES) == SHIPPED
    assert policy_from({"prices": prices_to(PRICES)}) == policy_from({}) == PlanPolicy()


def test_prices_given_in_full_draw_the_plan_that_none_draw() -> None:
    policy, week, people, crew = company_of(7, 60)
    plain, priced = (
        draw_plan(replace(policy, prices=prices), week, people, crew, seed=1, small_stores={3: 0, 4: 13})
        for prices in (policy.prices, prices_from(prices_to(PRICES)))
    )
    assert plain == priced


def test_every_price_has_words_and_stands_in_the_file() -> None:
    file = policy_to(PlanPolicy())["prices"]
    named = {f"{part}.{name}": price for part, own in file.items() for name, price in own.items()}
    assert named == by_name(PRICES)
    assert set(named) == set(PRICE_LABELS)
    assert policy_from({"prices": {"draw": {"beside": 9}}}).prices.draw.beside == 9


def test_a_place_cheaper_than_the_lowest_band_rather_stays_open() -> None:
    people = [candidate(n, 6000) for n in range(1, 51)] + [candidate(n, 1000) for n in range(51, 301)]
    usual, strict = drawn({}, people), drawn({"draw": {"open_place": 2**27}}, people)
    assert (len(usual.assignments), relaxed(usual)["last_resort"]) == (250, {"count": 200})
    assert (len(strict.assignments), "last_resort" in relaxed(strict)) == (50, False)
    assert relaxed(strict)["quota_missed"] == {"planned": 50, "target": 250, "missing": 200}
    assert strict.gap == 0


@pytest.mark.parametrize(
    ("prices", "why"),
    [
        ({"draw": {"beside": -1}}, "The price draw.beside must be a whole number from 0 to 1099511627776."),
        ({"draw": {"beside": 1.5}}, "The price draw.beside must be a whole number from 0 to 1099511627776."),
        ({"place": {"moved": True}}, "The price place.moved must be a whole number from 0 to 1099511627776."),
        ({"place": {"lost": DEAREST + 1}}, "The price place.lost must be a whole number from 0 to 1099511627776."),
        ({"draw": {"owed": 2**20}}, "The price draw.owed must be the highest of its part."),
        ({"place": {"moved": 2**36}}, "The price place.lost must be the highest of its part."),
        ({"draw": {"cheap": 1}}, "Nothing is called draw.cheap here."),
        ({"discount": {}}, "Nothing is called discount here."),
    ],
)
def test_prices_that_no_plan_can_go_by_are_named(prices: dict, why: str) -> None:
    with pytest.raises(Invalid) as caught:
        policy_from({"prices": prices})
    assert {name: str(fault) for name, fault in caught.value.fields.items()} == {"prices": why}
    assert str(plan_faults({"prices": prices})["prices"]) == why


@pytest.mark.parametrize("prices", [7, [1], {"draw": 3}])
def test_prices_that_are_no_prices_are_refused(prices: Any) -> None:
    with pytest.raises(Invalid):
        policy_from({"prices": prices})


def test_a_changed_price_is_a_version_and_told_beside_the_one_before(visiting: Company) -> None:
    before = numbers_content(newest_rules())
    plan = {**before["plan"], "prices": {"draw": {"off_turn": 2**27}}}
    save_numbers(visiting.call("director"), {**before, "plan": plan}, effective_from=TODAY, reason="轮换更严")
    (line,) = number_differences(before, numbers_content(newest_rules()))
    assert (line.before, line.after) == ("67,108,864", "134,217,728")


def test_the_editor_shows_prices_and_keeps_them(visiting: Company, sign_in: Any) -> None:
    client = sign_in("director")
    page = client.get(reverse("plan-numbers"))
    assert ("应做的回访没有排上", "draw.owed", "274,877,906,944") in page.context["page"].prices
    assert len(page.context["page"].prices) == len(PRICE_LABELS)
