"""Today: the home of everybody who works, own promises by due time, what can be done now first (ui.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from huiyin.foundation import clock
from huiyin.foundation.pages import Request, page, show
from huiyin.promises.kinds import PromiseKind, promise_kinds
from huiyin.promises.models import Promise
from huiyin.promises.queries.ledger import my_promises
from huiyin.promises.rules.clock_state import ClockState

SHOWN = 200
HEADINGS = {
    "ready": _("Can be done right now"),
    "late": _("Late"),
    "today": _("Due today"),
    "later": _("Later"),
}


@dataclass(frozen=True)
class TodayRow:
    """One promise as a row: who, why now, its clock, where to act."""

    promise: Promise
    kind: PromiseKind
    label: str
    clock: ClockState
    ready: bool


@dataclass(frozen=True)
class TodayPage:
    """A person's promises in groups: ready now, late, due today, later."""

    now: datetime
    groups: tuple[tuple[str, str, tuple[TodayRow, ...]], ...]
    total: int
    late: int


@page("", name="today", needs="signed-in")
def today(request: Request) -> HttpResponse:
    """What I owe, by due time in working time."""
    now = clock.now()
    owed = list(my_promises(request.actor)[:SHOWN])
    kinds = [promise_kinds()[code] for code in {promise.kind for promise in owed}]
    ready = {kind.code for kind in kinds if kind.ready is not None and kind.ready(now)}
    rows = [_row(promise, now, ready) for promise in owed]
    return show(request, "promises/today.html", _page(rows, now))


def _row(promise: Promise, now: datetime, ready: set[str]) -> TodayRow:
    kind = promise_kinds()[promise.kind]
    return TodayRow(promise, kind, gettext(kind.label), promise.clock(now), promise.kind in ready)


def _group(row: TodayRow, today_ends: datetime) -> str:
    if row.ready and row.promise.due_at < today_ends:
        return "ready"
    if row.clock is ClockState.LATE:
        return "late"
    return "today" if row.promise.due_at < today_ends else "later"


def _page(rows: list[TodayRow], now: datetime) -> TodayPage:
    local = timezone.localtime(now)
    ends = local.replace(hour=23, minute=59, second=59)
    groups = {name: [row for row in rows if _group(row, ends) == name] for name in HEADINGS}
    return TodayPage(
        now=now,
        groups=tuple((name, gettext(HEADINGS[name]), tuple(found)) for name, found in groups.items() if found),
        total=len(rows),
        late=sum(row.clock is ClockState.LATE for row in rows),
    )
