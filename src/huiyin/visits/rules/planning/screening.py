"""Hard rules first: who cannot be planned this week at all, and why."""

from __future__ import annotations

from collections.abc import Iterable

from huiyin.visits.rules.planning.board import Board, in_time
from huiyin.visits.rules.planning.facts import Candidate, NotChosen, PlanWeek
from huiyin.visits.rules.planning.reasons import Passed


def screen(candidates: Iterable[Candidate], board: Board, week: PlanWeek) -> tuple[list[Candidate], list[NotChosen]]:
    """Splits candidates into those that some place fits and those that no rule may plan."""
    fit: list[Candidate] = []
    passed: list[NotChosen] = []
    for candidate in candidates:
        code = hard_reason(candidate, board, week)
        if code:
            passed.append(NotChosen(candidate.id, code))
        else:
            fit.append(candidate)
    return fit, passed


def hard_reason(candidate: Candidate, board: Board, week: PlanWeek) -> str:
    """The code of the hard rule that keeps the candidate out of this week, "" when none does."""
    if candidate.blocked:
        return candidate.blocked
    if not candidate.obligatory and not board.policy.band_of(candidate.amount):
        return Passed.NO_BAND
    needs = board.needs(candidate)
    if not needs[0]:
        return _no_window(candidate, week)
    return "" if board.options(needs) else Passed.NOBODY_FIT


def _no_window(candidate: Candidate, week: PlanWeek) -> str:
    windows = week.windows
    if any(in_time(candidate, window) for window in windows):
        return Passed.PREFERENCE
    if windows and candidate.due_from > windows[-1].start:
        return Passed.NOT_DUE
    if windows and candidate.due_by < windows[0].end:
        return Passed.PREFERENCE if candidate.obligatory else Passed.PAST_DUE
    return Passed.DUE_BETWEEN
