"""The board leaves doubtful answers out, says how many, and weighs satisfaction back to where customers buy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from huiyin.customers.public import Purchase
from huiyin.foundation.calls import system_call
from huiyin.insights.actions.add_up import add_up
from huiyin.insights.public import board, kpi_of
from huiyin.insights.records.askings import left_out_askings
from huiyin.questionnaires.actions.save_figure_rules import save_figure_rules
from huiyin.questionnaires.public import scores
from tests.conftest import MovableClock
from tests.insights.lifelike import Week

BOUGHT = {"S01": 90, "S02": 10}


def bought(week: Week, counts: dict[str, int]) -> None:
    now = system_call().now
    Purchase.objects.bulk_create(
        Purchase(
            source="shop",
            number=f"{store}-{number}",
            store=week.store(store),
            bought_at=now,
            amount=Decimal(100),
            recorded_at=now,
        )
        for store, count in counts.items()
        for number in range(count)
    )


def test_flagged_answers_leave_the_figures_also_of_days_added_up(full: Week, clock: MovableClock) -> None:
    clock.set("2026-10-05T10:00")
    add_up(system_call())
    lens = full.lens().before() if full.lens().period.first > date(2026, 9, 28) else full.lens()
    before = board(lens)
    assert (before.tiles["overall"].figure.n, before.left_out) == (10, 0)
    doubtful = lens.askings().order_by("pk")[0]
    doubtful.flags = ["own_work"]
    doubtful.save(update_fields=["flags"])
    after = board(lens)
    assert (after.tiles["overall"].figure.n, after.left_out) == (9, 1)
    add_up(system_call())
    assert board(lens).tiles["overall"].figure == after.tiles["overall"].figure
    rows = kpi_of("overall").records(lens).rows
    assert (rows.count(), [one.pk for one in left_out_askings(lens).rows]) == (9, [doubtful.pk])


def test_another_decision_is_seen_in_days_that_are_added_up(full: Week, clock: MovableClock) -> None:
    lens = full.lens()
    doubtful = lens.askings().order_by("pk")[0]
    doubtful.flags = ["fast"]
    doubtful.save(update_fields=["flags"])
    clock.set("2026-10-12T10:00")
    add_up(system_call())
    decided = {"left_out": ["fast"], "least_covered": 80}
    call = full.company.call("director")
    save_figure_rules(call, decided, effective_from=date(2026, 10, 12), reason="口径")
    later = type(lens)(lens.actor, lens.period, system_call().now)
    assert (board(later).tiles["overall"].figure.n, board(later).left_out) == (9, 1)


def test_satisfaction_is_weighted_by_store_where_enough_is_covered(full: Week) -> None:
    bought(full, BOUGHT)
    tiles = board(full.lens()).tiles
    answers = {"S01": [5, 5, 4, 4, 3, 1, 5, 4, 2], "S02": [3.8]}
    strata = [scores.Stratum(name, BOUGHT[name], scores.sums_of(given)) for name, given in answers.items()]
    expected = scores.weighted_mean(strata, 1, 5)
    found = tiles["overall"].weighed
    assert found is not None
    assert (found.by, found.covered) == ("store", 1.0)
    assert (found.figure.value, found.figure.low, found.figure.high) == pytest.approx(
        (expected.figure.value, expected.figure.low, expected.figure.high)
    )
    assert found.figure.value == pytest.approx(0.9 * 33 / 9 + 0.1 * 3.8)
    satisfied = tiles["satisfied"].weighed
    assert satisfied is not None
    assert satisfied.figure.value == pytest.approx(0.9 * 6 / 9 * 100)
    assert tiles["nps"].weighed is None


def test_too_thin_a_cut_gives_way_to_the_size_of_store_and_then_to_none(full: Week) -> None:
    bought(full, {"S01": 30})
    small = full.store("S02")
    other = type(small).objects.create(code="S03", name="新店", size=small.size)
    now = system_call().now
    for number in range(70):
        Purchase.objects.create(
            source="shop", number=f"n{number}", store=other, bought_at=now, amount=Decimal(1), recorded_at=now
        )
    found = board(full.lens()).tiles["overall"].weighed
    assert found is not None
    assert (found.by, found.covered) == ("size", 1.0)
    assert found.figure.value == pytest.approx(0.3 * 33 / 9 + 0.7 * 3.8)
    Purchase.objects.filter(store=other).update(store=None)
    assert board(full.lens()).tiles["overall"].weighed is None


def test_who_sees_a_part_of_the_company_sees_nothing_weighted(full: Week) -> None:
    bought(full, BOUGHT)
    assert board(full.lens("store_manager")).tiles["overall"].weighed is None
    assert board(full.lens(store=full.store("S01").pk)).tiles["overall"].weighed is None


def test_the_page_says_both(full: Week, sign_in: Callable[[str], Client], clock: MovableClock) -> None:
    bought(full, BOUGHT)
    doubtful = full.lens().askings().order_by("pk")[0]
    doubtful.flags = ["own_work"]
    doubtful.save(update_fields=["flags"])
    client = sign_in("director")
    page = client.get(reverse("insight"), {"period": "2026-W40"})
    assert "有 1 份存疑答卷未计入以上数字" in page.content.decode()
    assert len(page.context["page"].weighed) == 8
    opened = client.get(reverse("insight-left-out"), {"period": "2026-W40"})
    assert [row.value for row in opened.context["page"].rows] == ["被评价员工本人号码"]
