"""Tables that several kinds of reports share; documents speak Chinese, because their names and forms are Chinese."""

from __future__ import annotations

# Chinese data: the exact names and headings of the company's documents
from collections.abc import Callable
from functools import wraps

from django.utils import translation
from django.utils.translation import gettext

from huiyin.documents.public import BY_ROW, Cell, Document, Sheet
from huiyin.documents.public import SheetColumn as Column
from huiyin.insights.public import DIGITS, UNIT_WORDS, Board, Lens, Tile
from huiyin.questionnaires.public import Figure

LANGUAGE = "zh-hans"
FORMS = ("0", "0.0", "0.00")


def in_chinese(build: Callable[[Lens], Document]) -> Callable[[Lens], Document]:
    """Builds a document with every label in Chinese, whoever looks."""

    @wraps(build)
    def chinese(lens: Lens) -> Document:
        with translation.override(LANGUAGE):
            return build(lens)

    return chinese


FIGURE_COLUMNS = (
    Column("指标", 20),
    Column("数值", 10, BY_ROW),
    Column("单位", 14),
    Column("样本量", 8, "0"),
    Column("区间下限", 10, BY_ROW),
    Column("区间上限", 10, BY_ROW),
    Column("较上期", 10, BY_ROW),
    Column("口径", 46),
)


def figures_sheet(name: str, head: tuple[tuple[str, str], ...], board: Board) -> Sheet:
    """Every number of the board with n, interval and change, rounded as the screen shows it."""
    tiles = board.tiles.values()
    forms = tuple(FORMS[tile.digits] for tile in tiles)
    return Sheet(name, head, FIGURE_COLUMNS, tuple(_figure_row(tile) for tile in tiles), forms)


def _figure_row(tile: Tile) -> tuple[Cell, ...]:
    kpi, figure = tile.kpi, tile.figure
    return (
        gettext(kpi.label),
        rounded(figure.value, tile.digits),
        gettext(UNIT_WORDS[kpi.unit]),
        figure.n,
        rounded(figure.low, tile.digits),
        rounded(figure.high, tile.digits),
        rounded(tile.change.by, tile.digits) if tile.change else None,
        gettext(kpi.meaning),
    )


def rounded(value: float | None, digits: int) -> float | None:
    """A value with the decimals the screen shows, by the same rounding."""
    return None if value is None else float(f"{value:.{digits}f}")


def value_of(board: Board, code: str) -> tuple[float | None, int]:
    """A number of the board as shown, with n."""
    tile = board.tiles[code]
    return rounded(tile.figure.value, DIGITS[tile.kpi.unit]), tile.figure.n


PROBLEM_COLUMNS = (
    Column("主要问题", 24),
    Column("件数", 8, "0"),
    Column("占比（%）", 10, "0.0"),
    Column("置信区间", 16),
)


def problems_sheet(board: Board) -> Sheet:
    """The top problems with their share of all."""
    rows = [
        (gettext(one.label), one.count, rounded(one.share.value, 1), interval(one.share)) for one in board.top_problems
    ]
    return Sheet("主要问题", (), PROBLEM_COLUMNS, tuple(rows))


def interval(figure: Figure) -> str:
    """Both ends of an interval with one decimal."""
    return "" if figure.low is None or figure.high is None else f"{figure.low:.1f}–{figure.high:.1f}"
