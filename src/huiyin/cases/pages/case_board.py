"""The board: one column a state, its most pressing cards first."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse

from huiyin.cases.queries.board import Column, board
from huiyin.cases.rules.kinds import LEVELS
from huiyin.foundation.pages import Request, page, show


@dataclass(frozen=True)
class BoardPage:
    """The columns, and the levels as message ids."""

    mine: bool
    columns: list[Column]
    levels: dict[str, str]


@page("cases/board/", name="case-board", needs="cases.see")
def case_board(request: Request) -> HttpResponse:
    """All live cases in sight by state, or the viewer's own."""
    mine = request.GET.get("view") == "mine"
    return show(request, "cases/board.html", BoardPage(mine, board(request.actor, mine=mine), LEVELS))
