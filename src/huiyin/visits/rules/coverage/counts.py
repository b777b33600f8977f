"""The numbers of a coverage report: of everybody and of each stratum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from huiyin.visits.rules.coverage.fates import IN_VAIN, TRIED, Fate
from huiyin.visits.rules.coverage.weighing import Weighing, weigh


class Cell(NamedTuple):
    """So many visits of one stratum that share their fate."""

    stratum: Hashable
    fate: str
    planned: bool
    replaced: bool
    visits: int


@dataclass(frozen=True)
class Counts:
    """Visits: all that could have been made, planned, asked, done, failed and replaced; and all of them by fate.

    Every visit has one fate, so that done, tried in vain and not asked add up to the population.
    """

    population: int
    planned: int
    tried: int
    done: int
    replaced: int
    fates: Mapping[str, int]

    @property
    def not_asked(self) -> int:
        """Those whom nobody called and no link went out to."""
        return self.population - self.tried

    @property
    def achieved(self) -> float | None:
        """Done of planned, 0 to 1; None when nothing was planned."""
        return self.done / self.planned if self.planned else None

    @property
    def reached(self) -> float | None:
        """Done of the population, 0 to 1: the sampling fraction that came about."""
        return self.done / self.population if self.population else None

    def why_not(self) -> list[tuple[str, int]]:
        """The reasons why somebody was not asked, the most frequent first."""
        return _ordered((fate, count) for fate, count in self.fates.items() if fate not in TRIED)

    def in_vain(self) -> list[tuple[str, int]]:
        """What calls and links without success brought, the most frequent first."""
        return _ordered((fate, count) for fate, count in self.fates.items() if fate in IN_VAIN)


def _ordered(found: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(found, key=lambda each: (-each[1], each[0]))


def counts_of(cells: Iterable[Cell]) -> Counts:
    """The numbers of these visits together."""
    sums: Counter[str] = Counter()
    fates: Counter[str] = Counter()
    for cell in cells:
        fates[str(cell.fate)] += cell.visits
        sums["planned"] += cell.visits * cell.planned
        sums["replaced"] += cell.visits * cell.replaced
    tried = sum(count for fate, count in fates.items() if fate in TRIED)
    return Counts(fates.total(), sums["planned"], tried, fates[Fate.DONE], sums["replaced"], dict(fates))


def by_stratum(cells: Iterable[Cell]) -> dict[Hashable, Counts]:
    """The numbers of each stratum."""
    found: dict[Hashable, list[Cell]] = {}
    for cell in cells:
        found.setdefault(cell.stratum, []).append(cell)
    return {stratum: counts_of(own) for stratum, own in found.items()}


def weighing_of(strata: Mapping[Hashable, Counts]) -> Weighing:
    """The weights that successful visits need to speak for the population."""
    population = {stratum: counts.population for stratum, counts in strata.items()}
    return weigh(population, {stratum: counts.done for stratum, counts in strata.items()})
