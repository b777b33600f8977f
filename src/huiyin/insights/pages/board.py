"""The board of a week or a month (INS-2): every number with n and interval, every number opens its records."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from huiyin.foundation.forms import say
from huiyin.foundation.pages import Request, page, show
from huiyin.insights.kpi import UNIT_WORDS, Kpi, Unit
from huiyin.insights.pages.asked import lens_of
from huiyin.insights.pages.charts import (
    Description,
    pareto_chart,
    problem_href,
    records_href,
    scores_chart,
    trend_chart,
)
from huiyin.insights.queries.board import Board, Tile, Trend, board, interval_of, shown, trends
from huiyin.insights.queries.lens import Lens
from huiyin.insights.queries.problems import Problem
from huiyin.insights.queries.stores import stores_for
from huiyin.insights.queries.weighing import Weighed
from huiyin.insights.rules.periods import Period, PeriodKind, period_of
from huiyin.organisation.public import Store
from huiyin.questionnaires.public import Figure

SHOWN_PROBLEMS = 12


@dataclass(frozen=True)
class TileView:
    """A tile in words; ``values`` draw its sparkline."""

    tile: Tile
    label: str
    unit: str
    change: str
    rises: bool
    good: bool | None
    note: str
    query: str


@dataclass(frozen=True)
class WeighedView:
    """A figure as it is, and weighted back to where customers buy."""

    label: str
    plain: str
    weighed: str
    interval: str
    by: str
    covered: str


@dataclass(frozen=True)
class SectionView:
    """A part of the board in words."""

    label: str
    tiles: list[TileView]


@dataclass(frozen=True)
class ProblemView:
    """A kind of problem in words, and its cases."""

    label: str
    count: int
    share: str
    interval: str
    so_far: str
    note: str
    href: str


@dataclass(frozen=True)
class BoardPage:
    """The board, the way to neighbouring periods, and the stores one may choose."""

    board: Board
    title: str
    sections: list[SectionView]
    weighed: list[WeighedView]
    problems: list[ProblemView]
    pareto: Description
    scores: Description
    dimensions: list[TileView]
    period: Period
    before: str
    after: str
    week: str
    month: str
    stores: list[Store]
    store_id: int | None
    query: str


@dataclass(frozen=True)
class TrendPage:
    """Trends as drawings, each with its table."""

    trends: list[TrendView]


@dataclass(frozen=True)
class TrendView:
    """One trend: the chart and the rows of its table (period, value, n, interval, records)."""

    code: str
    label: str
    unit: str
    known: bool
    chart: Description
    rows: list[tuple[str, str, int, str, str]]


@page("insight/", name="insight", needs="insights.see")
def insight(request: Request) -> HttpResponse:
    """The numbers of one week or month."""
    lens = lens_of(request)
    found, period = board(lens), lens.period
    store = "" if lens.store_id is None else f"&store={lens.store_id}"
    query = f"period={period.code}{store}"
    context = BoardPage(
        board=found,
        title=say(period.words),
        sections=[
            SectionView(gettext(part.label), [_view(tile, query) for tile in part.tiles]) for part in found.sections
        ],
        weighed=[_weighed(tile, tile.weighed) for tile in found.tiles.values() if tile.weighed],
        problems=[_problem(one, lens) for one in found.problems[:SHOWN_PROBLEMS]],
        pareto=pareto_chart(found.problems[:SHOWN_PROBLEMS], period.code, lens.store_id),
        scores=scores_chart(_dimensions(found), period.code, lens.store_id),
        dimensions=[_view(tile, query) for tile in _dimensions(found)],
        period=period,
        before=f"?period={period.before().code}{store}",
        after=f"?period={period.next().code}{store}",
        week=f"?period={period_of(PeriodKind.WEEK, period.last).code}{store}",
        month=f"?period={period_of(PeriodKind.MONTH, period.first).code}{store}",
        stores=stores_for(request.actor),
        store_id=lens.store_id,
        query=query,
    )
    return show(request, "insights/board.html", context)


CUTS = {"store": _("by store"), "size": _("by size of store")}


def _weighed(tile: Tile, found: Weighed) -> WeighedView:
    unit = " %" if tile.kpi.unit == Unit.PERCENT else ""
    return WeighedView(
        label=gettext(tile.kpi.label),
        plain=tile.shown + unit,
        weighed=shown(found.figure.value, tile.digits) + unit,
        interval=interval_of(found.figure, tile.digits),
        by=gettext(CUTS[found.by]),
        covered=f"{found.covered:.0%}",
    )


def _problem(problem: Problem, lens: Lens) -> ProblemView:
    low, high = problem.share.low, problem.share.high
    interval = "" if low is None or high is None else f"{low:.1f}–{high:.1f}"
    return ProblemView(
        label=gettext(problem.label),
        count=problem.count,
        share=shown(problem.share.value, 1),
        interval=interval,
        so_far=shown(problem.so_far, 1),
        note=f"{shown(problem.share.value, 1)} %" + (f" · {interval}" if interval else ""),
        href=problem_href(problem, lens.period.code, lens.store_id),
    )


def _dimensions(found: Board) -> list[Tile]:
    return [tile for code, tile in found.tiles.items() if code.startswith("dimension-")]


def _view(tile: Tile, query: str) -> TileView:
    by = tile.change.by if tile.change else 0.0
    return TileView(
        tile=tile,
        label=gettext(tile.kpi.label),
        unit=gettext(UNIT_WORDS[tile.kpi.unit]) if tile.figure.known else "",
        change=f"{abs(by):.{tile.digits}f}" if tile.change and round(by, tile.digits) else "",
        rises=by > 0,
        good=tile.good,
        note=_note(tile),
        query=query,
    )


def _note(tile: Tile) -> str:
    if not tile.figure.known:
        return gettext(_("nothing measured yet"))
    if not tile.interval:
        return f"n = {tile.figure.n}"
    return f"n = {tile.figure.n} · {tile.interval}"


@page("insight/trend/", name="insight-trend", needs="insights.see")
def trend(request: Request) -> HttpResponse:
    """The last eight periods of every number, loaded after the board so that the board never waits for it."""
    lens = lens_of(request)
    views = [_trend(one, lens.store_id) for one in trends(lens)]
    template = "insights/_trend.html" if request.htmx else "insights/trend.html"
    return show(request, template, TrendPage(views))


def _trend(one: Trend, store: int | None) -> TrendView:
    return TrendView(
        code=one.kpi.code,
        label=gettext(one.kpi.label),
        unit=gettext(UNIT_WORDS[one.kpi.unit]),
        known=any(figure.known for _period, figure in one.points),
        chart=trend_chart(one, store),
        rows=[_row(one.kpi, period, figure, store) for period, figure in one.points],
    )


def _row(kpi: Kpi, period: Period, figure: Figure, store: int | None) -> tuple[str, str, int, str, str]:
    tile = Tile(kpi, figure, None)
    return say(period.words), tile.shown, figure.n, tile.interval, records_href(kpi.code, period.code, store)
