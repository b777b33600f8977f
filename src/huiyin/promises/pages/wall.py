"""The wall: all clocks in one's area, late first, by department, store and person (SLA-7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from huiyin.foundation import clock
from huiyin.foundation.keyset import KeysetPage, keyset
from huiyin.foundation.pages import Request, page, show
from huiyin.foundation.slots import FilledPanel, panels_of
from huiyin.promises.kinds import promise_kinds
from huiyin.promises.pages.rows import PromiseRow, row_of
from huiyin.promises.queries.day import owed_row
from huiyin.promises.queries.wall import WallRow, WallTotals, wall_counts, wall_promises

DAYS = 30
"""How far back the panels of other rooms look."""
TABS = {"owner": _("By person"), "department": _("By department"), "store": _("By store")}


@dataclass(frozen=True)
class WallPromise:
    """One row of the wall; ``unit`` names the department or store that owes what nobody does."""

    row: PromiseRow
    owner: str
    unit: str


@dataclass(frozen=True)
class WallPage:
    """Totals, counts per team or person, and the promises themselves by due moment."""

    totals: WallTotals
    by: str
    tabs: list[tuple[str, str]]
    counts: list[WallRow]
    rows: list[WallPromise]
    page: KeysetPage[Any]
    kinds: list[tuple[str, str]]
    chosen_kind: str
    panels: list[FilledPanel]


@page("wall/", name="wall", needs="promises.wall")
def wall(request: Request) -> HttpResponse:
    """All clocks in the viewer's area."""
    now = clock.now()
    by = request.GET.get("by", "owner")
    by = by if by in TABS else "owner"
    chosen = request.GET.get("kind", "")
    found = keyset(
        wall_promises(request.actor, chosen), order=("due_at", "id"), after=request.GET.get("after"), size=30
    )
    totals, counts = wall_counts(request.actor, now, by)
    context = WallPage(
        totals=totals,
        by=by,
        tabs=[(code, gettext(label)) for code, label in TABS.items()],
        counts=counts,
        rows=[_row(now, *each) for each in found.rows],
        page=found,
        kinds=[(kind.code, gettext(kind.label)) for kind in promise_kinds()],
        chosen_kind=chosen,
        panels=panels_of("wall", request.actor, DAYS) if by == "department" else [],
    )
    return show(request, "promises/wall.html", context)


def _row(now: datetime, *values: Any) -> WallPromise:
    *columns, owner, department, store = values
    unit = f"{department or ''}{store or ''}"
    return WallPromise(row_of(owed_row(*columns, now=now)), owner or "", "" if owner else unit)
