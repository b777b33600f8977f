"""Coverage of a week on real tables: every number, its records, who sees what, and that the past stays (VIS-17)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from django.db import connection
from django.test import Client
from django.urls import reverse

from huiyin.customers.public import Product, PurchaseLine
from huiyin.foundation.calls import system_call
from huiyin.visits.actions.cancel import cancel_visit
from huiyin.visits.actions.complete import complete_visit
from huiyin.visits.actions.log_attempt import log_attempt
from huiyin.visits.actions.plan_week import plan_week
from huiyin.visits.actions.publish_plan import publish_plan
from huiyin.visits.actions.replace import replace_visit
from huiyin.visits.commands import coverage as coverage_command
from huiyin.visits.models import Invitation, PlanChoice, Visit
from huiyin.visits.public import draw_due
from huiyin.visits.queries.coverage import WHAT, Coverage, coverage_of, covered_visits
from huiyin.visits.queries.coverage_strata import NOTHING, SPLITS
from huiyin.visits.rules.coverage.times import read_time
from tests.conftest import Company, MovableClock
from tests.visits.conftest import GOOD
from tests.visits.test_plan_week import NEXT, small_quota

WEEK = "2026-W39"


@pytest.fixture
def week(visiting: Company, buyer: Callable, clock: MovableClock) -> list[Visit]:
    """Forty customers, ten planned; Monday's two done, Tuesday's two: one replaced, one to be tried again; one of
    Wednesday's cancelled. It is Friday evening; what was planned for Thursday was not called. The draw goes by the
    numbers of visits, so they begin with one whatever was tested before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), 1, false)", [Visit._meta.db_table])
    for number in range(40):
        buyer(days=5, amount=(800, 2000, 4000, 8000)[number % 4], store=("S01", "S02")[number % 8 // 4])
    draw_due(system_call())
    small_quota()
    publish_plan(visiting.call("director"), plan_week(visiting.call("director"), NEXT, seed=7).pk)
    clock.set("2026-09-21 14:05")
    for visit in planned_on(date(2026, 9, 21)):
        complete_visit(visiting.call(visit.agent.name), visit.pk, answers=GOOD)
    clock.set("2026-09-22 10:05")
    wrong, busy = planned_on(date(2026, 9, 22))
    log_attempt(visiting.call(wrong.agent.name), wrong.pk, line="wrong_number")
    assert replace_visit(system_call(), wrong.pk)
    log_attempt(visiting.call(busy.agent.name), busy.pk, line="busy")
    cancel_visit(visiting.call("director"), planned_on(date(2026, 9, 23))[0].pk, reason="关店")
    clock.set("2026-09-25 18:00")
    return list(Visit.objects.order_by("pk"))


def planned_on(day: date) -> list[Any]:
    return list(Visit.objects.filter(planned_on=day, replaces=None).select_related("agent").order_by("pk"))


def report(company: Company, by: str = "band", who: str = "director", period: str = WEEK) -> Coverage:
    return coverage_of(company.actor(who), read_time(period), SPLITS[by], system_call().now)


def numbers(found: Any) -> tuple[int, ...]:
    return found.population, found.planned, found.tried, found.done, found.replaced, found.not_asked


def test_every_number_of_a_week(visiting: Company, week: list[Visit]) -> None:
    found = report(visiting)
    assert numbers(found.whole) == (40, 11, 4, 2, 1, 36)
    assert dict(found.whole.in_vain()) == {"not_reached": 1, "again": 1}
    why_not = dict(found.whole.why_not())
    assert (why_not.pop("not_called"), why_not.pop("cancelled")) == (6, 1)
    assert (set(why_not) <= {"off_turn", "lowest_band", "not_drawn", "places_taken"}, sum(why_not.values())) == (
        True,
        29,
    )
    assert (found.wanted, found.unplanned, found.whole.achieved) == (10, 0, 2 / 11)
    by_band = {part.key: numbers(part.counts) for part in found.parts}
    assert list(by_band) == ["5000", "3000", "1500", "below"]
    assert [each[0] for each in by_band.values()] == [10, 10, 10, 10]
    assert by_band["below"] == (10, 0, 0, 0, 0, 10)


@pytest.mark.parametrize("by", list(SPLITS))
def test_every_number_opens_exactly_its_records(visiting: Company, week: list[Visit], by: str) -> None:
    found, actor, time = report(visiting, by), visiting.actor("director"), read_time(WEEK)
    now = system_call().now
    for part in found.parts:
        of = NOTHING if part.key is None else str(part.key)
        told = {**{name: getattr(part.counts, name, None) for name in WHAT}, **part.counts.fates}
        told["in_vain"] = sum(count for _fate, count in part.counts.in_vain())
        for what, count in told.items():
            assert covered_visits(actor, time, found.split, now, what=what, of=of).count() == count, (part.name, what)
    for what, count in {**found.whole.fates, "population": 40}.items():
        assert covered_visits(actor, time, found.split, now, what=what).count() == count


def test_strata_are_split_five_ways(visiting: Company, week: list[Visit]) -> None:
    stores = {part.name: part.counts.population for part in report(visiting, "store").parts}
    assert stores == {visiting.stores["S01"].name: 20, visiting.stores["S02"].name: 20}
    assert {part.key: part.counts.population for part in report(visiting, "size").parts} == {"large": 20, "small": 20}
    people = {part.name: part.counts.planned for part in report(visiting, "agent").parts}
    assert (set(people), sum(people.values())) == ({"agent", "agent2"}, 11)
    (nothing,) = report(visiting, "product").parts
    assert (nothing.key, nothing.counts.population) == (None, 40)


def test_the_product_line_is_that_of_the_dearest_article(visiting: Company, week: list[Visit]) -> None:
    lamp = Product.objects.create(model="L1", name="台灯", category="照明")
    stove = Product.objects.create(model="S1", name="灶具", category="厨房")
    bought = week[0].purchase_id
    for number, (product, price) in enumerate([(lamp, 90), (stove, 900), (None, 5000)]):
        PurchaseLine.objects.create(purchase_id=bought, line_no=number, product=product, unit_price=price)
    found = {part.name: part.counts.population for part in report(visiting, "product").parts}
    assert found == {"厨房": 1, "无产品线": 39}


def test_a_past_week_stays_what_it_was(visiting: Company, week: list[Visit], clock: MovableClock) -> None:
    clock.set("2026-09-27 23:00")
    before = report(visiting)
    clock.set("2026-09-29 10:05")
    again = Visit.objects.get(attempts__line="busy")
    assert before.whole.fates["again"] == 1
    complete_visit(visiting.call(again.agent.name), again.pk, answers=GOOD)
    after = report(visiting)
    assert after.whole == before.whole
    assert report(visiting, period="2026-W40").whole.done == 1


def test_a_week_to_come_tells_what_is_planned(visiting: Company, week: list[Visit], clock: MovableClock) -> None:
    clock.set("2026-09-21 09:00")
    fates = report(visiting).whole.fates
    assert (fates["to_come"], fates.get("not_called", 0)) == (6, 0)


def test_whom_a_link_was_sent_is_asked_and_whose_link_waits_is_not(visiting: Company, week: list[Visit]) -> None:
    waiting = list(Visit.objects.filter(state="due").order_by("pk")[:2])
    for visit, sent in zip(waiting, (system_call().now, None), strict=True):
        Invitation.objects.create(visit=visit, way="sms", send_at=system_call().now, sent_at=sent)
        Visit.objects.filter(pk=visit.pk).update(self_way="sms")
    PlanChoice.objects.filter(visit__in=waiting).delete()
    found = report(visiting).whole
    assert (found.fates["link_sent"], found.fates["link_to_come"], found.tried) == (1, 1, 5)
    assert ("link_sent", 1) in found.in_vain()


def test_a_week_without_a_plan_says_so(visiting: Company, week: list[Visit]) -> None:
    found = report(visiting, period="2026-W38")
    assert (found.unplanned, found.wanted, found.whole.planned) == (1, 0, 0)
    assert dict(found.whole.why_not()) == {"not_in_plan": 40}
    month = report(visiting, period="2026-09")
    assert (month.unplanned, month.whole.population, month.whole.done) == (3, 40, 2)


def test_weights_speak_for_the_strata_with_answers(visiting: Company, week: list[Visit]) -> None:
    found = report(visiting, "size")
    done = {part.key: part.counts.done for part in found.parts}
    weights = {part.key: part.weight for part in found.parts}
    assert sum(done.values()) == 2
    for key, count in done.items():
        assert weights[key] == (1.0 if count else None)
    assert found.weighing.covered == (1.0 if all(done.values()) else 0.5)
    assert report(visiting, "agent").weighing.design_effect is None


def test_managers_of_a_store_see_their_own(visiting: Company, week: list[Visit]) -> None:
    found = report(visiting, "store", who="store_manager")
    assert [part.counts.population for part in found.parts] == [20]
    assert found.whole.population == 20


@pytest.mark.parametrize(
    ("who", "status"),
    [
        *((who, 200) for who in ("director", "service_manager", "store_manager", "quality", "auditor")),
        *((who, 403) for who in ("agent", "engineer")),
    ],
)
def test_who_may_look(visiting: Company, week: list[Visit], sign_in: Callable, who: str, status: int) -> None:
    client = sign_in(who)
    for name in ("coverage", "coverage-records", "coverage-excel", "coverage-csv"):
        assert client.get(reverse(name), {"period": WEEK}).status_code == status, name


def test_the_page_links_each_number_and_its_address_opens_as_many(
    visiting: Company, week: list[Visit], sign_in: Callable
) -> None:
    client: Client = sign_in("director")
    page = client.get(reverse("coverage"), {"period": WEEK, "by": "size"}).context["page"]
    shown = [*page.tiles, *page.not_asked, *page.in_vain, *(one for row in page.rows.rows for one in row.numbers)]
    assert len(shown) == 6 + len(page.not_asked) + 2 + 12
    for one in shown:
        if one.value:
            assert len(client.get(one.href).context["page"].visits) == one.value, one
    assert client.get(reverse("coverage-records"), {"period": WEEK, "what": "moon"}).status_code == 404


@pytest.mark.parametrize("address", ["coverage", "coverage-records", "coverage-excel", "coverage-csv"])
def test_a_period_there_is_not_is_said(visiting: Company, sign_in: Callable, address: str) -> None:
    answer = sign_in("director").get(reverse(address), {"period": "2026-W99"})
    assert answer.status_code == 422
    assert "没有“2026-W99”这一期" in answer.content.decode()


def test_many_strata_come_page_by_page(visiting: Company, buyer: Callable, sign_in: Callable) -> None:
    for number in range(60):
        line = PurchaseLine(purchase=buyer(days=5), line_no=1, unit_price=1)
        line.product = Product.objects.create(model=f"M{number}", name="x", category=f"线{number:02}")
        line.save()
    draw_due(system_call())
    client = sign_in("director")
    first = client.get(reverse("coverage"), {"period": WEEK, "by": "product"}).context["page"].rows
    second = client.get(reverse("coverage"), {"period": WEEK, "by": "product", "after": first.next})
    rest = second.context["page"].rows
    assert (len(first.rows), len(rest.rows), rest.next) == (50, 10, None)
    assert [row.name for row in (*first.rows, *rest.rows)] == [f"线{number:02}" for number in range(60)]


def test_files_hold_what_the_page_shows(visiting: Company, week: list[Visit], sign_in: Callable) -> None:
    client = sign_in("director")
    text = client.get(reverse("coverage-csv"), {"period": WEEK, "by": "size"}).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["总体"] for row in rows] == ["20", "20"]
    assert sum(int(row["已完成"]) for row in rows) == 2
    book = openpyxl.load_workbook(io.BytesIO(client.get(reverse("coverage-excel"), {"period": WEEK}).content))
    reasons = {row[0]: row[1] for row in book["未询问及原因"].iter_rows(min_row=2, values_only=True)}
    assert reasons["已排定，但没有拨打"] == 6
    assert book["分层情况"]["A1"].value == "期间"


def test_the_api_and_the_command_answer_alike(visiting: Company, week: list[Visit], sign_in: Callable) -> None:
    client = sign_in("director")
    api = client.get("/api/v1/visits/coverage", {"period": WEEK, "by": "band"}).json()
    said = CliRunner().invoke(coverage_command, ["--period", WEEK, "--by", "band", "--json"])
    assert json.loads(said.output) == api
    assert (api["population"], api["done"], api["not_asked_because"]["not_called"]) == (40, 2, 6)
    listed = client.get("/api/v1/visits/coverage/visits", {"period": WEEK, "what": "again"}).json()
    assert [row["fate"] for row in listed["items"]] == ["again"]
    assert client.get("/api/v1/visits/coverage/visits", {"period": WEEK, "what": "x"}).status_code == 422
    assert client.get("/api/v1/visits/coverage", {"period": "soon"}).status_code == 422
    assert "population 40" in CliRunner().invoke(coverage_command, ["--period", WEEK]).output
