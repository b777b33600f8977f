"""The list of cases: tabs like saved views, a filter bar, pages by key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpResponse

from huiyin.cases.models import Case
from huiyin.cases.queries.queue import TABS, CaseFilter, order_of, queue
from huiyin.cases.queries.settings import conduct_at
from huiyin.cases.rules.kinds import KINDS, LEVELS
from huiyin.cases.rules.stage_words import STATE_TONES
from huiyin.cases.rules.states import STATE_LABELS
from huiyin.foundation import clock
from huiyin.foundation.keyset import KeysetPage, keyset
from huiyin.foundation.pages import Request, page, show


@dataclass(frozen=True)
class CaseRow:
    """One row of the list: labels are message ids; ``due_at`` is empty when no clock runs."""

    case: Case
    level_label: str
    state_label: str
    tone: str
    kind_label: str
    due_at: datetime | None


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
        queue(request.actor, wanted, now, soon), order=order_of(wanted.tab), after=request.GET.get("after"), size=30
    )
    context = CasesPage(
        tabs=[(code, label) for code, (label, _order) in TABS.items()],
        filter=wanted,
        rows=[row_of(case) for case in found.rows],
        keys=found,
        states=STATE_LABELS,
        levels=LEVELS,
        kinds=KINDS,
        may_open=request.actor.may("cases.open"),
    )
    return show(request, "cases/cases.html", context)


def row_of(case: Case) -> CaseRow:
    """A case as a row."""
    return CaseRow(
        case=case,
        level_label=LEVELS[case.level],
        state_label=case.state_label,
        tone=STATE_TONES[case.state],
        kind_label=KINDS.get(case.kind, case.kind),
        due_at=case.due_at if case.has_clock else None,
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
