"""What a KPI is, and all of them in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from huiyin.insights.queries.lens import Lens
from huiyin.insights.queries.tallies import tallies
from huiyin.insights.queries.weighing import Weigh
from huiyin.insights.records.record import Records
from huiyin.insights.rules.tally import Tallies, Tally
from huiyin.kernel.refusal import NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.questionnaires.public import Figure, scores


class Unit(StrEnum):
    """What a value is measured in."""

    SCORE = "score"
    PERCENT = "percent"
    POINTS = "points"
    HOURS = "hours"


UNIT_WORDS: dict[str, str] = {
    Unit.SCORE: _("of 5"),
    Unit.PERCENT: "%",
    Unit.POINTS: _("points"),
    Unit.HOURS: _("working hours"),
}
DIGITS: dict[str, int] = {Unit.SCORE: 2, Unit.PERCENT: 1, Unit.POINTS: 0, Unit.HOURS: 1}


class Group(StrEnum):
    """The three parts of the board, in order."""

    SATISFACTION = "satisfaction"
    VISITS = "visits"
    CASES = "cases"


GROUP_LABELS: dict[str, str] = {
    Group.SATISFACTION: _("Satisfaction"),
    Group.VISITS: _("Visits"),
    Group.CASES: _("Cases"),
}


@dataclass(frozen=True)
class Kpi:
    """One number: what it is computed from and how, which records that are, and how it is read.

    ``figure`` computes it from what the records of its ``source`` add up to; ``records(lens)`` are exactly its n
    records. ``more_is_good`` colours a change, ``target`` is the practice's aim in the unit of the value.
    ``weigh`` computes it weighted back to the population, where that is known how.
    """

    code: str
    label: str
    meaning: str
    group: Group
    order: int
    unit: Unit
    source: str
    figure: Callable[[Tallies], Figure]
    records: Callable[[Lens], Records]
    more_is_good: bool = True
    target: float | None = None
    weigh: Weigh | None = None

    def compute(self, lens: Lens) -> Figure:
        """The number under a lens."""
        [found] = tallies(lens, [lens.period], [self.source])
        return self.figure(found)


def mean_of(tally: Tally, low: float, high: float, method: str) -> Figure:
    """A mean on a scale from ``low`` to ``high``, from what was added up."""
    if tally.least is None or tally.most is None:
        return scores.nothing(method)
    sums = scores.Sums(tally.n, tally.total, tally.squares, tally.least, tally.most)
    return scores.mean_of_sums(sums, low, high, method)


@cache
def all_kpis() -> tuple[Kpi, ...]:
    """Every KPI (one file each in ``kpis``), by group and order."""
    package = import_module("huiyin.insights.kpis")
    found = [kpi for info in iter_modules(package.__path__, f"{package.__name__}.") for kpi in _kpis(info.name)]
    return tuple(sorted(found, key=lambda kpi: (list(Group).index(kpi.group), kpi.order)))


def _kpis(module: str) -> list[Kpi]:
    found = import_module(module)
    return list(getattr(found, "KPIS", [])) or [found.KPI]


def kpi_of(code: str) -> Kpi:
    """The KPI with this code.

    Raises:
        NotFound: there is none.
    """
    for kpi in all_kpis():
        if kpi.code == code:
            return kpi
    raise NotFound(message(_("No figure is called %(code)s."), code=code[:40]))
