"""The door of the insights room."""

from huiyin.insights.kpi import DIGITS, UNIT_WORDS, Kpi, Unit, all_kpis, kpi_of
from huiyin.insights.kpis.success_rate import tried as ended_visits
from huiyin.insights.queries.board import Board, Tile, board, shown
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
    "all_kpis",
    "board",
    "ended_visits",
    "kpi_of",
    "period_of",
    "problem_cases",
    "read_period",
    "shown",
]
