"""The board: every KPI under one lens, beside the period before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huiyin.insights.kpi import DIGITS, GROUP_LABELS, Group, Kpi, all_kpis
from huiyin.insights.queries.changes import Change, change
from huiyin.insights.queries.lens import Lens
from huiyin.insights.queries.problems import Problem, top_problems
from huiyin.insights.rules.periods import Period
from huiyin.questionnaires.public import Figure

TREND = 8


@dataclass(frozen=True)
class Tile:
    """One KPI with its figure and what changed since the period before."""

    kpi: Kpi
    figure: Figure
    change: Change | None

    @property
    def digits(self) -> int:
        """Decimals that are shown."""
        return DIGITS[self.kpi.unit]

    @property
    def shown(self) -> str:
        """The value as it is shown, and as reports show it; a dash when nothing was measured."""
        return shown(self.figure.value, self.digits)

    @property
    def interval(self) -> str:
        """The interval as it is shown, empty when there is none."""
        if self.figure.low is None or self.figure.high is None:
            return ""
        return f"{shown(self.figure.low, self.digits)}–{shown(self.figure.high, self.digits)}"

    @property
    def good(self) -> bool | None:
        """Whether a clear change is for the better; None when it is not clear."""
        if self.change is None or not self.change.clear:
            return None
        return self.change.rises == self.kpi.more_is_good


@dataclass(frozen=True)
class Section:
    """One part of the board."""

    code: Group
    label: str
    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Board:
    """All sections and the top problems of one period."""

    lens: Lens
    sections: tuple[Section, ...]
    problems: tuple[Problem, ...]

    @property
    def tiles(self) -> dict[str, Tile]:
        """The tiles by code."""
        return {tile.kpi.code: tile for section in self.sections for tile in section.tiles}


@dataclass(frozen=True)
class Trend:
    """One KPI over the last periods, oldest first."""

    kpi: Kpi
    points: tuple[tuple[Period, Figure], ...]


def shown(value: float | None, digits: int) -> str:
    """A value with fixed decimals; a dash when there is none."""
    return "–" if value is None else f"{value:.{digits}f}".replace("-", "−")


def board(lens: Lens) -> Board:
    """Computes the whole board (about a dozen counting queries, twice)."""
    before = lens.before()
    tiles = [_tile(kpi, lens, before) for kpi in all_kpis()]
    sections = tuple(
        Section(group, GROUP_LABELS[group], tuple(tile for tile in tiles if tile.kpi.group is group)) for group in Group
    )
    return Board(lens, sections, tuple(top_problems(lens)))


def _tile(kpi: Kpi, lens: Lens, before: Lens) -> Tile:
    figure = kpi.compute(lens)
    return Tile(kpi, figure, change(figure, kpi.compute(before)))


def trends(lens: Lens, kpis: Sequence[Kpi] = (), count: int = TREND) -> list[Trend]:
    """Each KPI over the last ``count`` periods; all share one lens per period."""
    lenses = [lens.on(period) for period in lens.period.run_up(count)]
    return [Trend(kpi, tuple((one.period, kpi.compute(one)) for one in lenses)) for kpi in (kpis or all_kpis())]
