"""Draws one replacement for a visit that could not be completed: from the same stratum first (VIS-17, VIS-23)."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.visits.rules.planning.board import Board
from huiyin.visits.rules.planning.draw import lot
from huiyin.visits.rules.planning.draw_plan import assignment_of
from huiyin.visits.rules.planning.facts import Agent, Assignment, Candidate, Kept, PlanWeek
from huiyin.visits.rules.planning.policy import PlanPolicy
from huiyin.visits.rules.planning.reasons import Chosen
from huiyin.visits.rules.planning.screening import hard_reason


def draw_replacement(
    policy: PlanPolicy,
    week: PlanWeek,
    candidates: Sequence[Candidate],
    agents: Sequence[Agent],
    *,
    seed: int,
    kept: Sequence[Kept],
    band: str,
    store: int | None,
    store_size: str,
) -> Assignment | None:
    """The first candidate by lot that has a place in the windows left this week; None when nobody has.

    Same band and store come first, then same band and store size, then same band, then everybody else.
    """
    board = Board(policy, week, sorted(agents, key=lambda agent: agent.id))
    board.keep(kept)
    room = sum(board.window_room[place.number] for place in board.places)
    board.share_out({window.day: max(room, 0) for window in week.windows})
    busy = {each.customer for each in kept}
    ordered = sorted(
        candidates, key=lambda each: (_distance(policy, each, band, store, store_size), lot(seed, each.id))
    )
    for candidate in ordered:
        if candidate.customer in busy or hard_reason(candidate, board, week):
            continue
        if board.put(candidate, earliest=True):
            return assignment_of(candidate, board, band, ((Chosen.REPLACES, {}),))
    return None


def _distance(policy: PlanPolicy, candidate: Candidate, band: str, store: int | None, store_size: str) -> int:
    if policy.band_of(candidate.amount) != band:
        return 3
    if candidate.store == store:
        return 0
    return 1 if candidate.store_size == store_size else 2
