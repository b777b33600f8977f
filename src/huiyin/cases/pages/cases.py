"""The list of cases: a saved view, a filter bar, pages by key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.http import HttpResponse
from django.utils.translation import gettext

from huiyin.cases.actions.bulk import NEEDS_BULK
from huiyin.cases.pages.case_cells import CELLS, Line, Said
from huiyin.cases.pages.view_words import ViewTab, name_said, tabs_of
from huiyin.cases.queries.first_page import listed
from huiyin.cases.queries.queue import CaseFilter
from huiyin.cases.queries.views import fault_of, view_called
from huiyin.cases.rules.kinds import KINDS, LEVELS
from huiyin.cases.rules.states import STATE_LABELS
from huiyin.cases.rules.views import COLUMNS, ORDERS, View, may_change
from huiyin.foundation import clock
from huiyin.foundation.cells import Row
from huiyin.foundation.forms import say
from huiyin.foundation.keyset import KeysetPage
from huiyin.foundation.pages import Request, page, show
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _

SIZE = 30
CHOOSE = _("Choose %(number)s")
REPEATED = _("Repeated")
SHOWN = (
    *("id", "number", "title", "kind", "topic", "channel", "level", "level_rank", "state", "waiting_for", "emotion"),
    *("repeated", "reporter_name", "product_name", "received_at", "due_at", "warn_at", "unanswered_since"),
    *("customer__name", "owner__name", "department__name"),
)
"""What a row of the list shows or is ordered by; read as named tuples, as models of five tables cost far more."""
NAMES = {"store": "store__name", "problem_type": "problem_type__name"}


@dataclass(frozen=True)
class CasesPage:
    """The list with its views and filters; ``fault`` says why the view no longer makes sense."""

    tabs: list[ViewTab]
    view: View
    view_name: str
    order: str
    columns: list[str]
    may_change: bool
    fault: str
    filter: CaseFilter
    rows: list[Row]
    keys: KeysetPage[Line]
    states: dict[str, str]
    levels: dict[str, str]
    kinds: dict[str, str]
    may_open: bool
    may_bulk: bool

    @property
    def tail(self) -> str:
        """What stands behind the address of a case, so that it knows the list it was opened from."""
        return f"?tab={self.view.key}"

    @property
    def box(self) -> str:
        """The name of the boxes that choose cases; empty for those who may not change many at once."""
        return "case" if self.may_bulk else ""


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
        columns=[COLUMNS[code] for code in view.columns if code in CELLS],
        may_change=may_change(view, request.actor),
        fault=say(fault) if fault else "",
        filter=wanted,
        rows=rows_of(found.rows, [code for code in view.columns if code in CELLS]),
        keys=found,
        states=STATE_LABELS,
        levels=LEVELS,
        kinds=KINDS,
        may_open=request.actor.may("cases.open"),
        may_bulk=request.actor.may(NEEDS_BULK),
    )
    return show(request, "cases/cases.html", context)


def _found(request: Request, wanted: CaseFilter, view: View) -> KeysetPage[Line]:
    names = (*SHOWN, *(NAMES[column] for column in view.columns if column in NAMES))
    after = request.GET.get("after")
    try:
        return listed(request.actor, wanted, view, clock.now(), names=names, size=SIZE, after=after)
    except Invalid:
        return KeysetPage(rows=[], next=None)


def rows_of(cases: Sequence[Line], columns: Sequence[str]) -> list[Row]:
    """Cases as rows; each word is looked up once for all of them."""
    said = cache(gettext)
    choose, cells = said(CHOOSE), [CELLS[column] for column in columns]
    return [
        Row(
            pk=case.id,
            title=case.title,
            below=_below(case, said),
            choose=choose % {"number": case.number},
            cells=[cell(case, said) for cell in cells],
        )
        for case in cases
    ]


def _below(case: Line, said: Said) -> str:
    """Number, kind and department, and whether it is a repeated one."""
    words = (
        case.number,
        said(KINDS.get(case.kind, case.kind)),
        case.department__name,
        case.repeated and said(REPEATED),
    )
    return " · ".join(filter(None, words))


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
