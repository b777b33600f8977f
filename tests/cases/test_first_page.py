"""The first page of a list, whose SQL is kept, shows what the list itself shows: to everybody, in every view."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin.cases.models import Case
from huiyin.cases.pages.cases import SHOWN
from huiyin.cases.queries.first_page import first_page
from huiyin.cases.queries.queue import CaseFilter, queue
from huiyin.cases.queries.views import view_named, views_of
from huiyin.cases.rules.case_fields import CASE_FIELDS
from huiyin.cases.rules.views import View
from huiyin.foundation import clock
from huiyin.foundation.conditions import may_wait_for_now, read_condition
from huiyin.foundation.keyset import keyset
from huiyin.kernel.actor import Actor
from tests.cases.conftest import Cases
from tests.conftest import Company

SIZE = 3
PEOPLE = ("agent", "agent2", "technical_head", "service_manager", "store_manager", "director", "engineer")
FILTERS = (
    CaseFilter(),
    CaseFilter(level="urgent"),
    CaseFilter(state="open", kind="complaint"),
    CaseFilter(department="0"),
    CaseFilter(department="no number"),
)


@pytest.fixture
def many(cases: Cases) -> None:
    """Cases of two people, three levels and two departments; one of them nobody's, one ended."""
    for level in ("general", "urgent", "important", "urgent"):
        cases.open(level=level)
        cases.open(by="agent2", level=level, kind="inquiry")
    free, ended = cases.open(), cases.open()
    Case.objects.filter(pk=free.pk).update(owner=None)
    Case.objects.filter(pk=ended.pk).update(state="closed")


def listed(actor: Actor, wanted: CaseFilter, view: View) -> tuple[list[tuple[object, ...]], str | None]:
    """What the list of cases shows, put together anew."""
    rows = queue(actor, wanted, view, clock.now()).values_list(*SHOWN, named=True)
    page = keyset(rows, order=view.keys, after=None, size=SIZE)
    return page.rows, page.next


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.usefixtures("many")
def test_it_shows_what_the_list_shows(company: Company, who: str) -> None:
    actor = company.actor(who)
    compared = 0
    for view in views_of(actor):
        for wanted in FILTERS:
            found = first_page(actor, wanted, view, clock.now(), names=SHOWN, size=SIZE)
            if found is None:
                assert view.code == "today"
                continue
            assert (found.rows, found.next) == listed(actor, wanted, view)
            compared += 1
    assert compared == (len(views_of(actor)) - 1) * len(FILTERS)


@pytest.mark.usefixtures("many")
def test_what_is_late_hangs_on_the_moment_of_asking(company: Company, cases: Cases) -> None:
    actor = company.actor("director")
    view = view_named(actor, "late")
    due = Case.objects.order_by("due_at").values_list("due_at", flat=True)[0]
    before, behind = (
        first_page(actor, CaseFilter(), view, moment, names=("id", *view.keys), size=SIZE)
        for moment in (due, due + timedelta(days=365))
    )
    assert before is not None
    assert behind is not None
    assert (len(before.rows), len(behind.rows)) == (0, SIZE)


def test_words_are_left_to_the_list_itself(company: Company) -> None:
    actor = company.actor("agent")
    assert first_page(actor, CaseFilter(text="压缩机"), View(), clock.now(), names=SHOWN, size=SIZE) is None


@pytest.mark.parametrize(
    ("test", "may"),
    [
        ({"field": "level", "is": "in", "value": ["urgent"]}, True),
        ({"field": "due_at", "is": "past"}, True),
        ({"field": "due_at", "is": "filled"}, True),
        ({"field": "due_at", "is": "today"}, False),
        ({"field": "received_at", "is": "last_days", "value": 3}, False),
        ({"field": "received_at", "is": "since", "value": "2026-09-01"}, False),
        ({"not": {"any": [{"field": "repeated", "is": "yes"}, {"field": "due_at", "is": "today"}]}}, False),
    ],
)
def test_only_a_comparison_with_the_moment_itself_may_wait_for_it(test: dict[str, object], may: bool) -> None:
    assert may_wait_for_now(read_condition(test, CASE_FIELDS), CASE_FIELDS) is may
