"""Visits on a day agreed with the customer (CAS-11, VIS-8)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.urls import reverse

from huiyin.kernel.refusal import Conflict, Forbidden, Invalid
from huiyin.visits.actions.agree_visit import agree_visit
from huiyin.visits.actions.owe_visit import owe_visit
from huiyin.visits.models import Visit
from huiyin.visits.queries.policies import policy_called
from tests.conftest import SHANGHAI, Company
from tests.visits.conftest import shanghai


def test_an_agreed_day_owes_a_visit_from_that_day(visiting: Company, buyer: Callable) -> None:
    customer = buyer(days=40).customer_id
    visit = agree_visit(visiting.call("agent"), customer, kind="agreed", on=date(2026, 9, 21))
    assert (shanghai(visit.due_from), shanghai(visit.due_by)) == ("2026-09-21 00:00", "2026-09-22 00:00")
    assert (visit.state, shanghai(visit.window_start)[:10]) == ("planned", "2026-09-21")
    with pytest.raises(Conflict):
        agree_visit(visiting.call("agent2"), customer, kind="agreed", on=date(2026, 9, 21))
    far = agree_visit(visiting.call("agent"), customer, kind="agreed", on=date(2027, 3, 1))
    assert (far.state, far.agent) == ("due", None)


def test_what_cannot_be_agreed_is_refused(visiting: Company, buyer: Callable) -> None:
    customer = buyer(days=40).customer_id
    with pytest.raises(Invalid) as kind:
        agree_visit(visiting.call("agent"), customer, kind="regular", on=date(2026, 9, 21))
    with pytest.raises(Invalid) as day:
        agree_visit(visiting.call("agent"), customer, kind="agreed", on=date(2026, 9, 14))
    with pytest.raises(Forbidden):
        agree_visit(visiting.call("engineer"), customer, kind="agreed", on=date(2026, 9, 21))
    assert [list(each.value.fields) for each in (kind, day)] == [["kind"], ["on"]]
    assert not Visit.objects.exists()


def test_the_customers_page_leads_to_it(visiting: Company, buyer: Callable, sign_in: Callable) -> None:
    customer, client = buyer(days=40).customer_id, sign_in("agent")
    address = reverse("visit-agree", args=[customer])
    assert address in client.get(reverse("customer", args=[customer])).content.decode()
    sent = {"kind": "by_hand", "on": "2026-09-16", "once": "x"}
    assert [client.post(address, sent).status_code for _ in range(2)] == [302, 302]
    assert Visit.objects.get().kind == "by_hand"


def test_a_visit_that_a_row_above_wants_carries_its_wish_once(
    visiting: Company, buyer: Callable, sign_in: Callable
) -> None:
    customer, kind = buyer(days=40).customer_id, policy_called("by_hand", date(2026, 9, 14))

    def owe(about: tuple[str, int]) -> Visit:
        return owe_visit(
            visiting.call("agent"),
            kind,
            customer_id=customer,
            due_by=datetime(2026, 9, 18, 18, tzinfo=SHANGHAI),
            about=about,
            wish=" 收到的是哪一种颜色？ ",
        )

    first, again, other = owe(("lists.line", 7)), owe(("lists.line", 7)), owe(("lists.line", 8))
    assert (first.pk == again.pk, first.pk == other.pk) == (True, False)
    assert (first.about, first.wish, shanghai(first.due_by)) == (
        ("lists.line", 7),
        "收到的是哪一种颜色？",
        "2026-09-18 18:00",
    )
    assert "收到的是哪一种颜色？" in sign_in("agent").get(reverse("visit", args=[first.pk])).content.decode()
