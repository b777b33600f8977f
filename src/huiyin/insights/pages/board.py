"""The board of a week or a month (INS-2): every number with n and interval, every number opens its records."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from huiyin.foundation.forms import say
from huiyin.foundation.pages import Request, page, show
from huiyin.insights.drawing import TrendDrawing, trend_drawing
from huiyin.insights.kpi import DIGITS, UNIT_WORDS
from huiyin.insights.pages.asked import lens_of
from huiyin.insights.queries.board import Board, Tile, Trend, board, shown, trends
from huiyin.insights.queries.stores import stores_for
from huiyin.insights.rules.periods import Period, PeriodKind, period_of
from huiyin.organisation.public import Store

LEAD = ("overall", "satisfied", "success-rate", "complaint-timeliness")


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
class SectionView:
    """A part of the board in words."""

    label: str
    tiles: list[TileView]


@dataclass(frozen=True)
class BoardPage:
    """The board, the way to neighbouring periods, and the stores one may choose."""

    board: Board
    title: str
    sections: list[SectionView]
    problems: list[tuple[str, str, int, str, str]]
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
    """One trend: the drawing and the rows of its table (period, value, n, interval)."""

    code: str
    label: str
    unit: str
    drawing: TrendDrawing
    rows: list[tuple[str, str, int, str]]


@page("insight/", name="insight", needs="insights.see")
def insight(request: Request) -> HttpResponse:
    """The numbers of one week or month."""
    lens = lens_of(request)
    found, period = board(lens), lens.period
    store = f"&store={lens.store_id}" if lens.store_id else ""
    query = f"period={period.code}{store}"
    context = BoardPage(
        board=found,
        title=say(period.words),
        sections=[
            SectionView(gettext(part.label), [_view(tile, query) for tile in part.tiles]) for part in found.sections
        ],
        problems=[
            (one.code, gettext(one.label), one.count, shown(one.share.value, 1), _interval(one.share))
            for one in found.top_problems
        ],
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


def _interval(figure: object) -> str:
    low, high = getattr(figure, "low", None), getattr(figure, "high", None)
    return "" if low is None or high is None else f"{low:.1f}–{high:.1f}"


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
    views = [_trend(one) for one in trends(lens_of(request))]
    template = "insights/_trend.html" if request.htmx else "insights/trend.html"
    return show(request, template, TrendPage(views))


def _trend(one: Trend) -> TrendView:
    digits = DIGITS[one.kpi.unit]
    return TrendView(
        code=one.kpi.code,
        label=gettext(one.kpi.label),
        unit=gettext(UNIT_WORDS[one.kpi.unit]),
        drawing=trend_drawing([figure for _period, figure in one.points], target=one.kpi.target),
        rows=_rows(one, digits),
    )


def _rows(one: Trend, digits: int) -> list[tuple[str, str, int, str]]:
    return [
        (say(period.words), shown(figure.value, digits), figure.n, Tile(one.kpi, figure, None).interval)
        for period, figure in one.points
    ]
