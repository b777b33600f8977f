"""The board: every KPI under one lens, beside the period before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from huiyin.insights.kpi import DIGITS, GROUP_LABELS, Group, Kpi, all_kpis
from huiyin.insights.queries.changes import Change, change
from huiyin.insights.queries.lens import Lens
from huiyin.insights.queries.problems import Names, Problem, names_of, problems_in
from huiyin.insights.queries.tallies import by_store, tallies
from huiyin.insights.rules.periods import Period
from huiyin.insights.rules.tally import Tallies
from huiyin.questionnaires.public import Figure

TREND = 8
TOP = 3


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
    """All sections and every kind of problem of one period, most frequent first."""

    lens: Lens
    sections: tuple[Section, ...]
    problems: tuple[Problem, ...]

    @property
    def top_problems(self) -> tuple[Problem, ...]:
        """The three most frequent."""
        return self.problems[:TOP]

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
    """The whole board; however many numbers, a handful of queries."""
    before, now = tallies(lens, [lens.period.before(), lens.period])
    return _board(lens, now, before, names_of([now]))


def store_boards(lens: Lens, stores: Iterable[int]) -> dict[int, Board]:
    """The board of each of these stores; as many queries as one board."""
    found = by_store(lens, [lens.period.before(), lens.period])
    names = names_of(found.values())
    return {
        store: _board(
            replace(lens, store_id=store), found.get((1, store), Tallies()), found.get((0, store), Tallies()), names
        )
        for store in stores
    }


def _board(lens: Lens, now: Tallies, before: Tallies, names: Names) -> Board:
    tiles = [_tile(kpi, now, before) for kpi in all_kpis()]
    sections = tuple(
        Section(group, GROUP_LABELS[group], tuple(tile for tile in tiles if tile.kpi.group is group)) for group in Group
    )
    return Board(lens, sections, tuple(problems_in(now, names)))


def _tile(kpi: Kpi, now: Tallies, before: Tallies) -> Tile:
    figure = kpi.figure(now)
    return Tile(kpi, figure, change(figure, kpi.figure(before)))


def trends(lens: Lens, kpis: Sequence[Kpi] = (), count: int = TREND) -> list[Trend]:
    """Each KPI over the last ``count`` periods; however many, a handful of queries."""
    periods, wanted = lens.period.run_up(count), kpis or all_kpis()
    found = tallies(lens, periods, {kpi.source for kpi in wanted})
    points = [list(zip(periods, map(kpi.figure, found), strict=True)) for kpi in wanted]
    return [Trend(kpi, tuple(run)) for kpi, run in zip(wanted, points, strict=True)]
