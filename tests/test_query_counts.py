"""How many queries each page asks, compared with the reviewed file ``query_counts.txt``, with 50 rows and more.

A list that asks once per row, or a page that asks the same twice, shows up as a changed line. A change that is meant
is written with ``HUIYIN_WRITE_QUERY_COUNTS=1 pytest tests/test_query_counts.py`` and read in the review.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, models
from django.test import Client
from django.urls import reverse

from huiyin.api.urls import api
from huiyin.cases.public import Case
from huiyin.channels.public import notify_staff, send_message
from huiyin.customers.public import Customer, Purchase
from huiyin.demand_forms.public import DemandForm, UnitMonth
from huiyin.demo.loading.company import Size, load_company
from huiyin.field_service.public import SiteVisit
from huiyin.foundation.calls import system_call
from huiyin.foundation.pages import PAGES, PageEntry, page_urls
from huiyin.foundation.shipping import ship_all
from huiyin.kernel.words import message
from huiyin.organisation.public import Staff, actor_of
from huiyin.promises.public import Promise
from huiyin.promotions.public import GiftError, GiftList
from huiyin.questionnaires.public import Asking
from huiyin.reports.models import Report
from huiyin.spare_parts.public import Part
from huiyin.visits.public import Visit, WeekPlan
from tests.conftest import MovableClock

REVIEWED = Path(__file__).with_name("query_counts.txt")
ROWS = 50
FORBIDDEN = 403
SIZE = Size(customers=700, seed=2026, visits_per_customer=2.0, cases_per_customer=2.0)
AGENT, MANAGER = "2001", "1002"
PEOPLE = (MANAGER, "1005", "1004", "1001", AGENT)
LISTS = {
    "cases": (
        "?tab=mine",
        "?tab=department",
        "?tab=unassigned",
        "?tab=inbox",
        "?tab=today",
        "?tab=senior",
        "?tab=late",
        "?tab=all",
        "?tab=all&text=GD",
    ),
    "visits": ("?tab=today", "?tab=open", "?tab=pool", "?tab=done", "?tab=done&text=王"),
    "customers": ("", "?text=王"),
    "search": ("?q=王", "?q=GD2026", "?q=CS2026", "?q=0001"),
    "wall": ("?by=owner", "?by=department", "?by=store"),
    "messages": ("", "?tab=sent"),
}
NOT_LISTS = frozenset({"components", "stylesheet", "language", "theme", "demo-sign-in", "notices-read", "device-sheet"})


@pytest.mark.django_db
def test_every_page_asks_as_many_queries_as_reviewed(clock: MovableClock, settings: Any) -> None:
    settings.API_REQUESTS_PER_MINUTE = 0
    ship_all(system_call())
    load_company(system_call(), size=SIZE)
    _fill_up()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # statistics of tables that were empty a moment ago make plans that never end
    page_urls()
    counted = "\n".join(_lines()) + "\n"
    if os.environ.get("HUIYIN_WRITE_QUERY_COUNTS"):
        REVIEWED.write_text(counted, encoding="utf-8")
    assert counted == REVIEWED.read_text(encoding="utf-8")


def _fill_up() -> None:
    """Notices and messages for lists that the demo company leaves short; every list has a page and more."""
    staff = list(Staff.objects.filter(username__in=PEOPLE).values_list("pk", flat=True))
    case = Case.objects.order_by("pk").first()
    assert case is not None
    for number in range(ROWS):
        notify_staff(system_call(), staff, message("%(n)s", n=number), page="case", args=[case.pk])
        about = ("cases.case", case.pk)
        send_message(system_call(), kind="email", to="c@mail.example", subject="回音", text=f"{number}", about=about)
    due, done = (Visit.objects.filter(state=state) for state in ("due", "done"))
    for rows in (Case.objects.live(), due, done, Promise.objects.filter(state="open")):
        assert rows.count() > ROWS


def _lines() -> Iterator[str]:
    for number in (MANAGER, AGENT):
        who = Staff.objects.get(username=number)
        client = _signed_in(who)
        for name, addresses in LISTS.items():
            for query in addresses:
                yield f"{number} {name}{query} {_asked(client, reverse(name) + query)}"
        for name, pk in _things(who):
            yield f"{number} {name} {_asked(client, reverse(name, args=[pk]))}"
    for entry in sorted(PAGES, key=lambda each: each.route):
        if "<" not in entry.route and entry.name not in LISTS and entry.name not in NOT_LISTS:
            who = _who_may(entry)
            yield f"{who.username} {entry.name} {_asked(_signed_in(who), reverse(entry.name))}"
    client = _signed_in(Staff.objects.get(username=MANAGER))
    for address in _api_lists():
        yield f"{MANAGER} {address} {_asked(client, address)}"


def _api_lists() -> Iterator[str]:
    """Every address of the API that answers without being told anything."""
    for address, operations in sorted(api.get_openapi_schema()["paths"].items()):
        needed = [each for each in operations.get("get", {}).get("parameters", ()) if each.get("required")]
        if "get" in operations and not needed:
            yield address


def _things(who: Staff) -> Iterator[tuple[str, int]]:
    """One of everything that has a page of its own, as full as there is: the newest with the longest story."""
    actor = actor_of(who)
    cases = Case.objects.visible_to(actor).order_by("-pk")
    yield "case", _first(cases.filter(state="closed"))
    yield "case", _first(cases.filter(state="executing"))
    yield "case-plans", _first(cases.filter(state="executing"))
    yield "case-sheet", _first(cases.filter(state="closed"))
    visits = Visit.objects.visible_to(actor).order_by("-pk")
    yield "visit", _first(visits.filter(state="done"))
    yield "visit", _first(visits.filter(state="planned"))
    yield "visit-sheet", _first(visits.filter(state="done"))
    customers = Customer.objects.visible_to(actor).annotate(n=models.Count("purchases")).order_by("-n", "pk")
    yield "customer", _first(customers)
    yield "customer-timeline", _first(customers)
    yield "purchase", _first(Purchase.objects.order_by("-pk"))
    yield "promise", _first(Promise.objects.filter(owner=who).order_by("-pk"))
    yield "part", _first(Part.objects.order_by("pk"))
    if site_visit := SiteVisit.objects.visible_to(actor).order_by("pk").first():
        yield "site-visit", site_visit.pk
        yield "service-report", site_visit.pk
    if actor.may("questionnaires.see"):
        yield "asking", _first(Asking.objects.visible_to(actor).order_by("-pk"))
    if actor.may("reports.see") and (report := Report.objects.order_by("-pk").first()):
        yield "report", report.pk
    if actor.may("demand.see"):
        yield "demand-form", _first(DemandForm.objects.filter(state="signed_up"))
        yield "demand-month", _first(UnitMonth.objects.order_by("-handed_in"))
    if actor.may("promotions.see"):
        lists = GiftList.objects.visible_to(actor).order_by("pk")
        yield "gift-list", _first(lists.filter(state="draft"))
        yield "gift-list", _first(lists.filter(state="mending"))
        yield "gift-result", _first(lists.filter(state="mending"))
        yield "gift-error", _first(GiftError.objects.visible_to(actor).order_by("pk"))
    assert WeekPlan.objects.exists()


def _first(rows: models.QuerySet[Any]) -> int:
    row = rows.first()
    assert row is not None
    return int(row.pk)


def _who_may(entry: PageEntry) -> Staff:
    """The first of our people who may open a page."""
    people = {person.username: person for person in Staff.objects.filter(username__in=PEOPLE)}
    open_to_all = entry.needs in (None, "signed-in")
    return next(people[one] for one in PEOPLE if open_to_all or actor_of(people[one]).may(str(entry.needs)))


def _signed_in(who: Staff) -> Client:
    client = Client()
    client.force_login(who, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def _asked(client: Client, address: str) -> int | str:
    """How many queries the page asks when it is opened again: what is kept between requests is there."""
    status = client.get(address).status_code
    if status == FORBIDDEN:
        return "forbidden"
    assert status in (200, 302), address
    with _counting() as asked:
        client.get(address)
    return len(asked)


@contextmanager
def _counting() -> Iterator[list[str]]:
    asked: list[str] = []

    def note(execute: Any, statement: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(statement)
        return execute(statement, params, many, context)

    with connection.execute_wrapper(note):
        yield asked
