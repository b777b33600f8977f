"""The wall: all clocks in one's area, late first, by department, store and person (SLA-7)."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from huiyin.foundation import clock
from huiyin.foundation.keyset import KeysetPage, keyset
from huiyin.foundation.pages import Request, page, show
from huiyin.promises.kinds import PromiseKind, promise_kinds
from huiyin.promises.models import Promise
from huiyin.promises.queries.ledger import WallRow, WallTotals, visible_promises, wall_counts, wall_totals

TABS = {"owner": _("By person"), "department": _("By department"), "store": _("By store")}


@dataclass(frozen=True)
class WallPromise:
    """One row of the wall."""

    promise: Promise
    kind: PromiseKind
    label: str


@dataclass(frozen=True)
class WallPage:
    """Totals, counts per team or person, and the promises themselves by due moment."""

    totals: WallTotals
    by: str
    tabs: list[tuple[str, str]]
    counts: list[WallRow]
    rows: list[WallPromise]
    page: KeysetPage[Promise]
    kinds: list[tuple[str, str]]
    chosen_kind: str


@page("wall/", name="wall", needs="promises.wall")
def wall(request: Request) -> HttpResponse:
    """All clocks in the viewer's area."""
    now = clock.now()
    by = request.GET.get("by", "owner")
    by = by if by in TABS else "owner"
    chosen = request.GET.get("kind", "")
    owed = visible_promises(request.actor).unsettled().select_related("owner", "department", "store")
    if chosen:
        owed = owed.filter(kind=chosen)
    found = keyset(owed, order=("due_at", "id"), after=request.GET.get("after"))
    rows = [_row(promise) for promise in found.rows]
    context = WallPage(
        totals=wall_totals(request.actor, now),
        by=by,
        tabs=[(code, gettext(label)) for code, label in TABS.items()],
        counts=wall_counts(request.actor, now, by),
        rows=rows,
        page=found,
        kinds=[(kind.code, gettext(kind.label)) for kind in promise_kinds()],
        chosen_kind=chosen,
    )
    return show(request, "promises/wall.html", context)


def _row(promise: Promise) -> WallPromise:
    kind = promise_kinds()[promise.kind]
    return WallPromise(promise, kind, gettext(kind.label))
