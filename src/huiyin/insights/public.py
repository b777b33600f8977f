"""The door of the insights room."""

from huiyin.insights.actions.add_up import add_up
from huiyin.insights.kpi import DIGITS, UNIT_WORDS, Kpi, Unit, all_kpis, kpi_of
from huiyin.insights.queries.board import Board, Tile, board, shown, store_boards
from huiyin.insights.queries.lens import Lens
from huiyin.insights.queries.problems import Problem, problem_cases
from huiyin.insights.rules.periods import Period, PeriodKind, period_of, read_period

__all__ = [
    "DIGITS",
    "UNIT_WORDS",
    "Board",
    "Kpi",
    "Lens",
    "Period",
    "PeriodKind",
    "Problem",
    "Tile",
    "Unit",
    "add_up",
    "all_kpis",
    "board",
    "kpi_of",
    "period_of",
    "problem_cases",
    "read_period",
    "shown",
    "store_boards",
]
