"""The chase board: units by months, and one unit's month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from huiyin.demand_forms.models import DemandForm, UnitMonth
from huiyin.demand_forms.queries.units import acts_for
from huiyin.demand_forms.rules.codes import HAND_IN
from huiyin.demand_forms.rules.units import UnitKey
from huiyin.kernel.actor import SYSTEM, Actor
from huiyin.kernel.refusal import NotFound
from huiyin.promises.public import Promise, visible_promises

MONTHS_SHOWN = 6


@dataclass(frozen=True)
class BoardRow:
    """One unit with a cell a month; None where it owed nothing."""

    name: str
    is_store: bool
    cells: tuple[UnitMonth | None, ...]


@dataclass(frozen=True)
class Board:
    """The newest months, oldest first, and the units that owed something in them."""

    months: tuple[date, ...]
    rows: tuple[BoardRow, ...]


def months_seen_by(actor: Actor) -> QuerySet[UnitMonth]:
    """Months of units within the actor's area."""
    return UnitMonth.objects.visible_to(actor).select_related("department", "store", "owner")


def board(actor: Actor) -> Board:
    """The last six months of the units the actor sees: departments first, each by code."""
    months = sorted(set(months_seen_by(actor).order_by("-month").values_list("month", flat=True)))[-MONTHS_SHOWN:]
    cells: dict[UnitKey, dict[date, UnitMonth]] = {}
    rows = months_seen_by(actor).filter(month__in=months)
    for row in rows.order_by("department__code", "store__code"):
        cells.setdefault(row.unit, {})[row.month] = row
    return Board(tuple(months), tuple(_row(each, months) for each in cells.values()))


def _row(cells: dict[date, UnitMonth], months: list[date]) -> BoardRow:
    one = next(iter(cells.values()))
    return BoardRow(one.unit_name, one.store_id is not None, tuple(cells.get(month) for month in months))


def month_seen_by(actor: Actor, unit_month_id: int) -> UnitMonth:
    """One unit's month within the actor's area.

    Raises:
        NotFound: there is none.
    """
    found = months_seen_by(actor).filter(pk=unit_month_id).first()
    if found is None:
        raise NotFound
    return found


def forms_for(month: UnitMonth) -> list[DemandForm]:
    """The forms that count for a unit's month."""
    return list(month.forms.select_related("asked_by").order_by("asked_at", "id"))


def promise_of(month: UnitMonth) -> Promise | None:
    """The newest promise to hand something in for a unit's month."""
    rows = visible_promises(SYSTEM).filter(kind=HAND_IN, subject=month._meta.label_lower, subject_id=month.pk)
    return rows.order_by("pk").last()


def owed_by(actor: Actor) -> list[UnitMonth]:
    """What the actor's own units still owe, oldest first."""
    rows = months_seen_by(actor).filter(kept_at=None).order_by("month", "id")[:100]
    return [row for row in rows if acts_for(actor, row.unit)]


def stands(month: UnitMonth, now: datetime) -> tuple[str, str]:
    """Tone and label of how a unit's month stands."""
    return month.words(now)
