"""The wall: what the clocks of an area show, counted in one statement, and the promises themselves by due moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, F, Q, QuerySet

from huiyin.kernel.actor import Actor
from huiyin.promises.kinds import promise_kinds
from huiyin.promises.models import Promise
from huiyin.promises.queries.ledger import visible_promises

_ROW = ("id", "kind", "title", "subject_id", "due_at", "ladder_at__0", "state", "broken_at")
_WHO = ("owner__name", "department__name", "store__name")


@dataclass(frozen=True)
class WallRow:
    """Counts of one department, store or person on the wall."""

    name: str
    late: int
    soon: int
    running: int


@dataclass(frozen=True)
class WallTotals:
    """What the wall says at a glance."""

    late: int
    soon: int
    running: int
    paused: int


class _Counted(NamedTuple):
    name: str | None
    late: int
    soon: int
    total: int
    open_late: int
    open_soon: int
    paused: int


def wall_counts(actor: Actor, now: datetime, by: str) -> tuple[WallTotals, list[WallRow]]:
    """What clocks in the actor's scope show: in all, and per ``owner``, ``department`` or ``store``, most late first.

    Paused clocks are counted apart in all, and by where they stand in the rows.
    """
    late, soon, runs = Q(due_at__lt=now), Q(due_at__gte=now, ladder_at__0__lte=now), Q(state="open")
    counted = (
        visible_promises(actor)
        .unsettled()
        .order_by()
        .values_list(by, F(f"{by}__name"))
        .annotate(
            late=Count("id", filter=late),
            soon=Count("id", filter=soon),
            total=Count("id"),
            open_late=Count("id", filter=late & runs),
            open_soon=Count("id", filter=soon & runs),
            paused=Count("id", filter=~runs),
        )
    )
    each = [_Counted(*row[1:]) for row in counted]
    named = [WallRow(row.name, row.late, row.soon, row.total - row.late - row.soon) for row in each if row.name]
    return _totals(each), sorted(named, key=lambda row: (-row.late, -row.soon, row.name))


def _totals(each: list[_Counted]) -> WallTotals:
    late, soon = sum(row.open_late for row in each), sum(row.open_soon for row in each)
    paused = sum(row.paused for row in each)
    return WallTotals(late, soon, sum(row.total for row in each) - late - soon - paused, paused)


def _of_kind(kind: str) -> Q:
    """Kinds that a company makes itself stand together under the one that was declared."""
    made = promise_kinds()[kind].named if kind in promise_kinds() else None
    return Q(kind__startswith=f"{kind}:") if made else Q(kind=kind)


def wall_promises(actor: Actor, kind: str = "") -> QuerySet[Promise, Any]:
    """What is owed in the actor's scope, of one kind if given: the columns of a row, and who owes it."""
    rows = visible_promises(actor).unsettled()
    return (rows.filter(_of_kind(kind)) if kind else rows).values_list(*_ROW, *_WHO, named=True)
