"""The list of cases: tabs like saved views, a filter bar, pages by key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TypedDict

from django.http import HttpResponse
from django.utils.translation import gettext

from huiyin.cases.models import Case
from huiyin.cases.queries.queue import TABS, CaseFilter, order_of, queue
from huiyin.cases.queries.settings import conduct_at
from huiyin.cases.rules.kinds import KINDS, LEVELS
from huiyin.cases.rules.stage_words import STATE_TONES
from huiyin.cases.rules.states import STATE_LABELS
from huiyin.foundation import clock
from huiyin.foundation.keyset import KeysetPage, keyset
from huiyin.foundation.pages import Request, page, show

SHOWN = (
    "number",
    "title",
    "kind",
    "level",
    "level_rank",
    "state",
    "repeated",
    "reporter_name",
    "received_at",
    "due_at",
    "warn_at",
    "customer__name",
    "owner__name",
    "department__name",
)
"""What a row of the list shows or is ordered by."""


class CaseRow(TypedDict):
    """One row of the list in the words of the page (a mapping: templates read those fastest).

    ``due_at`` is empty when no clock runs.
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


@dataclass(frozen=True)
class CasesPage:
    """The list with its tabs and filters."""

    tabs: list[tuple[str, str]]
    filter: CaseFilter
    rows: list[CaseRow]
    keys: KeysetPage[Case]
    states: dict[str, str]
    levels: dict[str, str]
    kinds: dict[str, str]
    may_open: bool


@page("cases/", name="cases", needs="cases.see")
def cases_page(request: Request) -> HttpResponse:
    """The queue of cases."""
    now = clock.now()
    wanted = _wanted(request)
    soon = timedelta(minutes=conduct_at(now).due_soon_minutes)
    found = keyset(
        queue(request.actor, wanted, now, soon).only(*SHOWN),
        order=order_of(wanted.tab),
        after=request.GET.get("after"),
        size=30,
    )
    context = CasesPage(
        tabs=[(code, label) for code, (label, _order) in TABS.items()],
        filter=wanted,
        rows=rows_of(found.rows),
        keys=found,
        states=STATE_LABELS,
        levels=LEVELS,
        kinds=KINDS,
        may_open=request.actor.may("cases.open"),
    )
    return show(request, "cases/cases.html", context)


def rows_of(cases: Sequence[Case]) -> list[CaseRow]:
    """Cases as rows; each word is looked up once for all of them."""
    said = cache(gettext)
    return [_row(case, said) for case in cases]


def _row(case: Case, said: Callable[[str], str]) -> CaseRow:
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
    )


def _wanted(request: Request) -> CaseFilter:
    get = request.GET.get
    tab = get("tab", "mine")
    return CaseFilter(
        tab=tab if tab in TABS else "mine",
        text=(get("text") or "").replace("\x00", "")[:100],
        state=get("state") or "",
        level=get("level") or "",
        kind=get("kind") or "",
        department=get("department") or "",
    )
