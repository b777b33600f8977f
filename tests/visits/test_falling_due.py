"""Purchases make visits fall due, once each, and undrawn ones lapse (VIS-1, VIS-8)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from huiyin.customers.public import Purchase
from huiyin.foundation.calls import system_call
from huiyin.foundation.models import RowChange
from huiyin.visits.models import Visit, VisitPolicy
from huiyin.visits.public import draw_due, lapse, ship
from tests.conftest import Company, MovableClock
from tests.visits.conftest import policy, shanghai


def test_shipping_twice_adds_nothing(visiting: Company) -> None:
    assert ship(system_call()) == 0


def test_a_purchase_owes_a_visit_from_day_7_to_the_end_of_day_15(visiting: Company, buyer: Callable) -> None:
    bought = buyer(days=3, amount=4000)
    assert draw_due(system_call()) == 1
    visit = Visit.objects.get()
    assert shanghai(bought.bought_at) == "2026-09-12 10:05"
    assert (shanghai(visit.due_from), shanghai(visit.due_by)) == ("2026-09-19 00:00", "2026-09-28 00:00")
    assert (visit.kind, visit.band, visit.sampled, visit.state) == ("regular", "3000", True, "due")
    assert visit.store == bought.store
    assert visit.department == visiting.departments["service"]
    assert visit.attribution == {"store": bought.store_id, "store_size": "large"}


@pytest.mark.parametrize(
    "wrong", [{"is_return": True}, {"amount": -5}, {"customer": None}, {"state": "cancelled"}, {"state": "open"}]
)
def test_returns_open_orders_and_unknown_buyers_owe_none(visiting: Company, buyer: Callable, wrong: dict) -> None:
    Purchase.objects.filter(pk=buyer().pk).update(**wrong)
    assert draw_due(system_call()) == 0


def test_purchases_too_long_ago_owe_none(visiting: Company, buyer: Callable) -> None:
    buyer(days=16)
    buyer(days=15)
    assert draw_due(system_call()) == 1


def test_drawing_again_adds_nothing_even_under_a_new_version_of_the_policy(visiting: Company, buyer: Callable) -> None:
    buyer()
    assert (draw_due(system_call()), draw_due(system_call())) == (1, 0)
    old = policy("regular")
    VisitPolicy.objects.create(
        code="regular",
        version=2,
        name_zh="常规回访",
        trigger="purchase",
        effective_from=old.effective_from,
        questionnaire="service",
        sampled=True,
        days_by=20,
    )
    assert draw_due(system_call()) == 0


def test_a_policy_version_counts_from_its_date(visiting: Company, buyer: Callable, clock: MovableClock) -> None:
    VisitPolicy.objects.create(
        code="regular",
        version=2,
        name_zh="常规回访",
        trigger="purchase",
        effective_from="2026-09-20",
        questionnaire="service",
        sampled=True,
        is_active=False,
    )
    buyer(days=8)
    assert draw_due(system_call()) == 1
    clock.set("2026-09-20 10:00")
    buyer(days=8)
    assert draw_due(system_call()) == 0


def test_undrawn_visits_lapse_after_their_last_day(visiting: Company, buyer: Callable, clock: MovableClock) -> None:
    buyer(days=15)
    draw_due(system_call())
    assert lapse(system_call()) == 0
    clock.set("2026-09-16 00:00")
    assert (lapse(system_call()), lapse(system_call())) == (1, 0)
    assert Visit.objects.get().state == "lapsed"


def test_every_visit_that_falls_due_is_in_the_journal(visiting: Company, buyer: Callable) -> None:
    buyer()
    draw_due(system_call())
    change = RowChange.objects.get(shape__subject="visits_visit")
    assert (change.operation, change.verb, change.actor) == ("insert", "visits.draw_due", "system")


@pytest.mark.django_db(transaction=True)
def test_two_draws_at_once_make_one_visit_each(visiting: Company, buyer: Callable) -> None:
    for _ in range(40):
        buyer()

    def draw() -> int:
        try:
            return draw_due(system_call())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        made = [each.result() for each in [pool.submit(draw), pool.submit(draw)]]
    assert sum(made) == Visit.objects.count() == 40


def test_drawing_takes_the_same_number_of_queries_whatever_the_number(
    visiting: Company, buyer: Callable, django_assert_max_num_queries
) -> None:
    for _ in range(30):
        buyer()
    with django_assert_max_num_queries(140):
        draw_due(system_call())
    assert Visit.objects.count() == 30
