"""The coverage report of a week or month: everybody and each stratum, counted by the database (VIS-17)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from huiyin.kernel.actor import Actor
from huiyin.visits.queries.coverage_frame import Frame
from huiyin.visits.queries.coverage_strata import Key, Split, named
from huiyin.visits.queries.policies import rules_in_force
from huiyin.visits.rules.coverage.counts import Cell, Counts, by_stratum, counts_of, weighing_of
from huiyin.visits.rules.coverage.fates import FATE_LABELS, IN_VAIN, TRIED, Fate
from huiyin.visits.rules.coverage.times import CoveredTime
from huiyin.visits.rules.coverage.weighing import Weighing

WHAT: dict[str, Q] = {
    "population": Q(),
    "planned": Q(was_planned=True),
    "tried": Q(fate__in=sorted(TRIED)),
    "done": Q(fate=Fate.DONE),
    "replaced": Q(was_replaced=True),
    "not_asked": ~Q(fate__in=sorted(TRIED)),
    "in_vain": Q(fate__in=sorted(IN_VAIN)),
}
"""What each number counts; a fate is asked for by its own name."""


@dataclass(frozen=True)
class Part:
    """One stratum: its key, its name, its numbers, and what one of its answers weighs (None: it has no answer)."""

    key: Key
    name: str
    counts: Counts
    weight: float | None


@dataclass(frozen=True)
class Coverage:
    """A whole report. ``wanted`` is what the published plans aimed at; ``unplanned`` are weeks without one."""

    time: CoveredTime
    split: Split
    whole: Counts
    parts: tuple[Part, ...]
    weighing: Weighing
    wanted: int
    unplanned: int
    as_of: datetime


def coverage_of(actor: Actor, time: CoveredTime, split: Split, now: datetime) -> Coverage:
    """The report of a time, split one way, of what the actor may see; everything is counted in one statement."""
    frame = Frame(actor, time, now)
    cells = _cells(frame, split)
    strata = by_stratum(cell for cell in cells if split.whole or cell.planned)
    weighing = weighing_of(strata) if split.whole else Weighing()
    names = named(split, [key for key in strata if isinstance(key, str | int | None)], rules_in_force(time.first))
    return Coverage(
        time=time,
        split=split,
        whole=counts_of(cells),
        parts=tuple(Part(key, name, strata[key], weighing.weights.get(key)) for key, name in names.items()),
        weighing=weighing,
        wanted=sum(plan.target for plan in frame.plans),
        unplanned=len(time.mondays) - len(frame.plans),
        as_of=now,
    )


def _cells(frame: Frame, split: Split) -> list[Cell]:
    rows = _strata(frame, split).order_by().values_list("stratum", "fate", "was_planned", "was_replaced")
    return [Cell(stratum or None, *rest) for stratum, *rest in rows.annotate(n=Count("pk"))]


def _strata(frame: Frame, split: Split) -> QuerySet[Any]:
    found: QuerySet[Any] = frame.visits().annotate(stratum=split.value())
    return found


def covered_visits(
    actor: Actor, time: CoveredTime, split: Split, now: datetime, *, what: str, of: str = ""
) -> QuerySet[Any]:
    """Exactly the visits that a number counts: ``what`` (a name of :data:`WHAT` or a fate), ``of`` one stratum."""
    visits: QuerySet[Any] = _strata(Frame(actor, time, now), split).filter(WHAT.get(what, Q(fate=what)))
    return visits.filter(_of(split, of)) if of else visits


def _of(split: Split, of: str) -> Q:
    """Whether a visit with ``stratum`` belongs to the stratum that an address names."""
    key = split.key(of)
    without = Q(stratum=None) if split.numeric else Q(stratum=None) | Q(stratum="")
    found = Q(stratum=key) if key else without
    return found if split.whole else found & Q(was_planned=True)


def is_counted(what: str) -> bool:
    """Whether there is a number of this name."""
    return what in WHAT or what in FATE_LABELS
