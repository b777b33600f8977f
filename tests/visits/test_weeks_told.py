"""Weeks that cannot work out say what happened, on the plan's page, in both languages; nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.urls import reverse
from django.utils.translation import override

from huiyin.customers.public import Customer
from huiyin.foundation.calls import system_call
from huiyin.visits.actions.plan_week import plan_week
from huiyin.visits.models import PlanRules, Visit, WeekPlan
from huiyin.visits.public import draw_due
from huiyin.visits.queries.plans import passed_in_words, relaxed_in_words
from tests.conftest import Company, MovableClock
from tests.visits.test_plan_week import NEXT, small_quota


def drawn(company: Company, monday: date = NEXT) -> WeekPlan:
    draw_due(system_call())
    return plan_week(company.call("director"), monday, seed=1)


def told(plan: WeekPlan, language: str) -> list[str]:
    with override(language):
        return relaxed_in_words(plan)


def test_a_week_without_an_open_call_window_plans_nobody_and_says_so(
    visiting: Company, buyer: Callable, sign_in: Callable, clock: MovableClock
) -> None:
    """The whole week of 16 February 2026 is Spring Festival."""
    clock.set("2026-02-10 10:05")
    PlanRules.objects.update(effective_from=date(2026, 1, 1))
    buyer(days=3)
    plan = drawn(visiting, date(2026, 2, 16))
    assert (plan.chosen, plan.passed) == (0, {"no_window": 1})
    assert "The week has no open call window." in told(plan, "en")
    assert "本周没有呼叫时段。" in told(plan, "zh-hans")
    page = sign_in("director").get(reverse("plan"), {"week": "2026-W08"})
    assert (page.status_code, Visit.objects.get().state) == (200, "due")
    assert "本周没有呼叫时段。" in page.content.decode()


def test_an_empty_band_is_named_and_its_places_go_to_the_one_beside(visiting: Company, buyer: Callable) -> None:
    small_quota()
    for number in range(20):
        buyer(days=5, amount=(2000, 8000)[number % 2])
    plan = drawn(visiting)
    assert plan.chosen == 10
    assert "Nobody who may be called waits in the band from 3000 yuan." in told(plan, "en")
    assert any("3000" in sentence and "没有" in sentence for sentence in told(plan, "zh-hans"))


def test_a_store_whose_customers_nobody_can_speak_with_is_named(visiting: Company, buyer: Callable) -> None:
    small_quota()
    for _ in range(4):
        buyer(days=5, store="S02", language="fr")
    buyer(days=5, store="S01")
    plan = drawn(visiting)
    assert (plan.chosen, plan.passed) == (1, {"nobody_fit": 4})
    sentence = "1 stores have customers whom nobody at work has the skill or language for."
    assert sentence in told(plan, "en")
    with override("en"):
        assert passed_in_words(plan) == [("nobody_fit", "Nobody with the skill or language", 4)]
    assert Customer.objects.filter(language="fr").count() == 4


def test_quotas_beyond_people_fill_what_is_possible_and_name_the_rest(visiting: Company, buyer: Callable) -> None:
    small_quota()
    for person in visiting.staff.values():
        person.daily_capacity = 1
        person.save()
    for _ in range(20):
        buyer(days=5)
    plan = drawn(visiting)
    assert plan.chosen == 8  # two agents, four working days
    assert "8 of 10 visits could be filled; 2 places stay open." in told(plan, "en")
    assert "The people at work can make 8 visits in the week's windows; 10 are wanted." in told(plan, "en")
