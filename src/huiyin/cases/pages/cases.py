"""The list of cases: a saved view, a filter bar, pages by key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TypedDict

from django.http import HttpResponse
from django.utils.translation import gettext

from huiyin.cases.actions.bulk import NEEDS_BULK
from huiyin.cases.models import Case
from huiyin.cases.pages.view_words import ViewTab, name_said, tabs_of
from huiyin.cases.queries.queue import JOINED, CaseFilter, queue
from huiyin.cases.queries.views import fault_of, view_called
from huiyin.cases.rules.kinds import CHANNELS, EMOTIONS, KINDS, LEVELS, TOPICS
from huiyin.cases.rules.stage_words import STATE_TONES
from huiyin.cases.rules.states import STATE_LABELS, WAITING_LABELS
from huiyin.cases.rules.views import COLUMNS, ORDERS, View, may_change
from huiyin.foundation import clock
from huiyin.foundation.forms import say
from huiyin.foundation.keyset import KeysetPage, keyset
from huiyin.foundation.pages import Request, page, show
from huiyin.kernel.refusal import Invalid

SIZE = 30
SHOWN = (
    *("number", "title", "kind", "topic", "channel", "level", "level_rank", "state", "waiting_for", "emotion"),
    *("repeated", "reporter_name", "product_name", "received_at", "due_at", "warn_at", "unanswered_since"),
    *("customer__name", "owner__name", "department__name"),
)
"""What a row of the list shows or is ordered by."""
NAMES = {"store": "store__name", "problem_type": "problem_type__name"}


class CaseRow(TypedDict):
    """One row of the list in the words of the page (a mapping: templates read those fastest).

    ``due_at`` is empty when no clock runs; ``more`` has the plain texts of further columns.
    """

    pk: int
    number: str
    title: str
    kind: str
    level: str
    level_label: str
    tone: str
    state_label: str
    repeated: bool
    customer: str
    reporter: str
    owner: str
    department: str
    received_at: datetime
    due_at: datetime | None
    warn_at: datetime | None
    unanswered: datetime | None
    more: dict[str, str]


@dataclass(frozen=True)
class CasesPage:
    """The list with its views and filters; ``fault`` says why the view no longer makes sense."""

    tabs: list[ViewTab]
    view: View
    view_name: str
    order: str
    columns: list[tuple[str, str]]
    may_change: bool
    fault: str
    filter: CaseFilter
    rows: list[CaseRow]
    keys: KeysetPage[Case]
    states: dict[str, str]
    levels: dict[str, str]
    kinds: dict[str, str]
    may_open: bool
    may_bulk: bool


@page("cases/", name="cases", needs="cases.see")
def cases_page(request: Request) -> HttpResponse:
    """The queue of cases."""
    wanted = _wanted(request)
    view = view_called(request.actor, wanted.tab)
    found = _found(request, wanted, view)
    fault = fault_of(view)
    context = CasesPage(
        tabs=tabs_of(request.actor, view),
        view=view,
        view_name=name_said(view),
        order=ORDERS[view.order][0] if view.order in ORDERS else "",
        columns=[(code, COLUMNS[code]) for code in view.columns if code in COLUMNS],
        may_change=may_change(view, request.actor),
        fault=say(fault) if fault else "",
        filter=wanted,
        rows=rows_of(found.rows, view.columns),
        keys=found,
        states=STATE_LABELS,
        levels=LEVELS,
        kinds=KINDS,
        may_open=request.actor.may("cases.open"),
        may_bulk=request.actor.may(NEEDS_BULK),
    )
    return show(request, "cases/cases.html", context)


def _found(request: Request, wanted: CaseFilter, view: View) -> KeysetPage[Case]:
    try:
        rows = queue(request.actor, wanted, view, clock.now())
    except Invalid:
        return KeysetPage(rows=[], next=None)
    names = [NAMES[column] for column in view.columns if column in JOINED]
    return keyset(rows.only(*SHOWN, *names), order=view.keys, after=request.GET.get("after"), size=SIZE)


def rows_of(cases: Sequence[Case], columns: Sequence[str] = ()) -> list[CaseRow]:
    """Cases as rows; each word is looked up once for all of them."""
    said = cache(gettext)
    further = [column for column in columns if column in FURTHER]
    return [_row(case, said, further) for case in cases]


def _row(case: Case, said: Callable[[str], str], further: Sequence[str]) -> CaseRow:
    return CaseRow(
        pk=case.pk,
        number=case.number,
        title=case.title,
        kind=said(KINDS.get(case.kind, case.kind)),
        level=case.level,
        level_label=said(LEVELS[case.level]),
        tone=STATE_TONES[case.state],
        state_label=said(case.state_label),
        repeated=case.repeated,
        customer=case.customer.name if case.customer else "",
        reporter=case.reporter_name,
        owner=case.owner.name if case.owner else "",
        department=case.department.name if case.department else "",
        received_at=case.received_at,
        due_at=case.due_at if case.has_clock else None,
        warn_at=case.warn_at,
        unanswered=case.unanswered_since,
        more={column: FURTHER[column](case, said) for column in further},
    )


FURTHER: dict[str, Callable[[Case, Callable[[str], str]], str]] = {
    "kind": lambda case, said: said(KINDS.get(case.kind, case.kind)),
    "topic": lambda case, said: said(TOPICS.get(case.topic, case.topic)),
    "problem_type": lambda case, _said: case.problem_type.name if case.problem_type else "",
    "channel": lambda case, said: said(CHANNELS.get(case.channel, case.channel)),
    "department": lambda case, _said: case.department.name if case.department else "",
    "store": lambda case, _said: case.store.name if case.store else "",
    "product": lambda case, _said: case.product_name,
    "emotion": lambda case, said: said(EMOTIONS[case.emotion]) if case.emotion in EMOTIONS else "",
    "waiting_for": lambda case, said: said(WAITING_LABELS[case.waiting_for]) if case.waiting_for else "",
}
"""Columns of plain text."""


def _wanted(request: Request) -> CaseFilter:
    get = request.GET.get
    return CaseFilter(
        tab=get("tab", "mine")[:30],
        text=(get("text") or "").replace("\x00", "")[:100],
        state=get("state") or "",
        level=get("level") or "",
        kind=get("kind") or "",
        department=get("department") or "",
    )
