"""The board: one column a state, its most pressing cards first."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse

from huiyin.cases.pages.cases import CaseRow, row_of
from huiyin.cases.queries.board import board
from huiyin.foundation.pages import Request, page, show


@dataclass(frozen=True)
class BoardColumn:
    """A state with its first cards and the count; ``more`` says that the count stops there."""

    state: str
    label: str
    rows: list[CaseRow]
    count: int
    more: bool


@dataclass(frozen=True)
class BoardPage:
    """The columns."""

    mine: bool
    columns: list[BoardColumn]


@page("cases/board/", name="case-board", needs="cases.see")
def case_board(request: Request) -> HttpResponse:
    """All live cases in sight by state, or the viewer's own."""
    mine = request.GET.get("view") == "mine"
    columns = [
        BoardColumn(column.state, column.label, [row_of(case) for case in column.cards], column.count, column.more)
        for column in board(request.actor, mine=mine)
    ]
    return show(request, "cases/board.html", BoardPage(mine, columns))
