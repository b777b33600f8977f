"""The board: every KPI under one lens, beside the period before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from huiyin.insights.kpi import DIGITS, GROUP_LABELS, Group, Kpi, all_kpis
from huiyin.insights.queries.changes import Change, change
from huiyin.insights.queries.lens import Lens
from huiyin.insights.queries.problems import Names, Problem, names_of, problems_in
from huiyin.insights.queries.tallies import ByStore, by_store, tallies
from huiyin.insights.queries.weighing import Strata, Weighed, strata_of, weighed
from huiyin.insights.rules.periods import Period
from huiyin.insights.rules.tally import Tallies
from huiyin.insights.sources.answered import LEFT_OUT
from huiyin.questionnaires.public import Figure

TREND = 8
TOP = 3


@dataclass(frozen=True)
class Tile:
    """One KPI with its figure, what changed since the period before, and the figure weighted back to the stores."""

    kpi: Kpi
    figure: Figure
    change: Change | None
    weighed: Weighed | None = None

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
        return interval_of(self.figure, self.digits)

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
    """All sections and every kind of problem of one period, most frequent first.

    ``left_out``: how many complete answers of the period are too doubtful to count.
    """

    lens: Lens
    sections: tuple[Section, ...]
    problems: tuple[Problem, ...]
    left_out: int

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


def interval_of(figure: Figure, digits: int) -> str:
    """The interval of a figure as it is shown, empty when there is none."""
    if figure.low is None or figure.high is None:
        return ""
    return f"{shown(figure.low, digits)}–{shown(figure.high, digits)}"


def board(lens: Lens) -> Board:
    """The whole board; however many numbers, a handful of queries."""
    found = by_store(lens, [lens.period.before(), lens.period])
    now, before = _whole(found, 1), _whole(found, 0)
    stores = {store: some for (place, store), some in found.items() if place == 1}
    return _board(lens, now, before, names_of([now]), strata_of(lens, stores))


def _whole(found: ByStore, place: int) -> Tallies:
    """All stores of a period together."""
    whole = Tallies()
    for (where, _store), some in sorted(found.items(), key=lambda each: each[0][1] or 0):
        if where == place:
            for measure, tally in some.items():
                whole.add(measure, tally)
    return whole


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


def _board(lens: Lens, now: Tallies, before: Tallies, names: Names, cuts: Sequence[Strata] = ()) -> Board:
    tiles = [_tile(kpi, now, before, cuts) for kpi in all_kpis()]
    sections = tuple(
        Section(group, GROUP_LABELS[group], tuple(tile for tile in tiles if tile.kpi.group is group)) for group in Group
    )
    return Board(lens, sections, tuple(problems_in(now, names)), now[LEFT_OUT].n)


def _tile(kpi: Kpi, now: Tallies, before: Tallies, cuts: Sequence[Strata]) -> Tile:
    figure = kpi.figure(now)
    back = weighed(kpi.weigh, cuts) if kpi.weigh else None
    return Tile(kpi, figure, change(figure, kpi.figure(before)), back)


def trends(lens: Lens, kpis: Sequence[Kpi] = (), count: int = TREND) -> list[Trend]:
    """Each KPI over the last ``count`` periods; however many, a handful of queries."""
    periods, wanted = lens.period.run_up(count), kpis or all_kpis()
    found = tallies(lens, periods, {kpi.source for kpi in wanted})
    points = [list(zip(periods, map(kpi.figure, found), strict=True)) for kpi in wanted]
    return [Trend(kpi, tuple(run)) for kpi, run in zip(wanted, points, strict=True)]
