"""Answers of visits speak for everybody who could have been visited, by band, store or store size (QST-4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from huiyin.foundation import clock as clocks
from huiyin.foundation.calls import system_call
from huiyin.organisation.public import StoreSize
from huiyin.questionnaires.models import Asking
from huiyin.questionnaires.queries.results import results_of
from huiyin.questionnaires.queries.weighting import Weighing, ways
from huiyin.visits.actions.complete import complete_visit
from huiyin.visits.models import Visit
from huiyin.visits.public import draw_due
from tests.conftest import Company, MovableClock
from tests.visits.conftest import plan_for


def all_scores(score: int) -> dict[str, int | str]:
    lows = {f"{name}.why": "慢" for name in ("product", "response", "staff", "process", "value")} if score < 3 else {}
    return {**dict.fromkeys(("product", "response", "staff", "process", "value"), score), **lows}


@pytest.fixture
def answered(visiting: Company, buyer: Callable) -> Company:
    """Twelve dear purchases and four cheap ones; two dear customers say 5, two cheap ones 3."""
    for number in range(16):
        buyer(days=8, amount=8000 if number < 12 else 2000, store="S01" if number % 2 else "S02")
    draw_due(system_call())
    visits = list(Visit.objects.order_by("purchase"))
    for visit, score in ((visits[0], 5), (visits[1], 5), (visits[12], 3), (visits[13], 3)):
        plan_for(visiting, visit, "agent")
        complete_visit(visiting.call("agent"), visit.pk, answers=all_scores(score))
    return visiting


def weighed(company: Company, by: str, who: str = "director") -> Weighing:
    now = clocks.now() + timedelta(minutes=1)
    return results_of(company.actor(who), "service", now - timedelta(days=30), now, by).weighing


def test_ways_to_weigh_are_store_band_and_size(visiting: Company) -> None:
    assert list(ways()) == ["store", "band", "store_size"]


def test_a_band_counts_as_much_as_it_has_customers(answered: Company) -> None:
    found = weighed(answered, "band")
    assert found.known
    assert [(row.population, row.answers, row.mean) for row in found.rows] == [(12, 2, 5.0), (4, 2, 3.0)]
    assert [row.name for row in found.rows] == ["¥5,000 及以上", "¥1,500 至 ¥3,000（不含）"]
    assert [row.weight for row in found.rows] == [1.5, 0.5]
    assert found.weighted.figure.value == pytest.approx((12 * 5 + 4 * 3) / 16)
    assert found.design_effect == pytest.approx((2 * 1.5**2 + 2 * 0.5**2) / 4)
    assert (found.weighted.effective_n, found.without) == (pytest.approx(4 / 1.25), 0)


def test_stores_and_their_sizes_are_known_too(answered: Company) -> None:
    by_store, by_size = weighed(answered, "store"), weighed(answered, "store_size")
    assert {row.name: row.population for row in by_store.rows} == {
        answered.stores["S01"].name: 8,
        answered.stores["S02"].name: 8,
    }
    assert sorted((row.population, row.answers) for row in by_size.rows) == [(8, 2), (8, 2)]
    assert by_size.weighted.figure.value == pytest.approx(4.0)


def test_the_stratum_is_that_of_the_day_the_visit_fell_due(answered: Company) -> None:
    store = answered.stores["S01"]
    store.size = StoreSize.SMALL if store.size == StoreSize.LARGE else StoreSize.LARGE
    store.save()
    Visit.objects.update(band="below")
    sizes = {row.name: row.population for row in weighed(answered, "store_size").rows}
    assert sorted(sizes.values()) == [8, 8]
    assert set(Asking.objects.values_list("attribution__band", flat=True)) == {"5000", "1500"}


def test_answers_without_a_stratum_are_left_out_and_counted(answered: Company) -> None:
    asking = Asking.objects.order_by("pk").first()
    assert asking is not None
    del asking.attribution["band"]
    asking.save()
    found = weighed(answered, "band")
    assert (found.without, found.weighted.figure.n) == (1, 3)
    assert found.weighted.figure.value == pytest.approx((12 * 5 + 4 * 3) / 16)


def test_a_store_manager_weighs_with_the_own_store(answered: Company) -> None:
    assert [row.population for row in weighed(answered, "store", who="store_manager").rows] == [8]


def test_the_way_is_chosen_on_the_page_and_in_the_api(
    answered: Company, sign_in: Callable, clock: MovableClock
) -> None:
    clock.advance(minutes=1)
    client = sign_in("director")
    page = client.get("/questionnaires/service/results/", {"by": "band"})
    assert page.context["page"].results.weighing.by.code == "band"
    assert "各层按本期间可询问的客户数加权" in page.content.decode()
    other = client.get("/questionnaires/service/results/", {"by": "moon"})
    assert other.context["page"].results.weighing.by.code == "store"
    told = client.get("/api/v1/questionnaires/service/results", {"by": "band", "days": 30}).json()["weighed"]
    assert (told["mean"]["value"], told["population_known"], told["strata"][0]["population"]) == (4.5, True, 12)
    assert client.get("/api/v1/questionnaires/none/results").status_code == 404
