"""Hard rules first: who cannot be planned this week at all, and why; and in which windows all the others can."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from huiyin.kernel.windows import minutes_inside
from huiyin.visits.rules.planning.capacity import Places
from huiyin.visits.rules.planning.columns import Candidates, Flags, Ints, lots, micros
from huiyin.visits.rules.planning.policy import PlanPolicy
from huiyin.visits.rules.planning.reasons import Passed

REASONS = tuple(Passed)
FIT = -1


@dataclass(frozen=True)
class Screened:
    """What hard rules say of every candidate.

    ``reason`` is a place in :data:`REASONS`, or :data:`FIT`. ``fit`` says by row and window where the visit could be
    made, as far as time and the customer's wishes go. ``late``: owed, and no call window lies in its time. ``band`` is
    the amount band as a place in the policy's list, ``lot`` the order of the draw.
    """

    reason: Ints
    fit: Flags
    late: Flags
    band: Ints
    lot: Ints

    @property
    def rows(self) -> Ints:
        """The rows that may be planned."""
        return np.flatnonzero(self.reason == FIT)


def screen(policy: PlanPolicy, candidates: Candidates, places: Places, busy: Iterable[int], seed: int) -> Screened:
    """Looks every candidate through; ``busy`` are the customers who have a visit this week already."""
    in_time, after_start = _times(candidates, places)
    late = candidates.owed & ~in_time.any(axis=1)
    timely = np.where(late[:, None], after_start, in_time)
    fit = timely & _liked(policy, candidates, places)
    band = candidates.bands(policy)
    lot = np.empty(len(candidates), dtype=np.int64)
    lot[np.lexsort((candidates.id, lots(seed, candidates.id)))] = np.arange(len(candidates))
    reason = np.full(len(candidates), FIT, dtype=np.int64)
    busy_rows = np.isin(candidates.customer, np.fromiter(busy, dtype=np.int64))
    for code, rows in (
        (Passed.CUSTOMER_PLANNED, busy_rows),
        (Passed.NOBODY_FIT, ~_somebody(candidates, places, fit)),
        *_no_window(candidates, places, in_time, fit),
        (Passed.NO_BAND, ~candidates.owed & (band < 0)),
    ):
        reason[rows] = REASONS.index(code)
    blocked = np.array([REASONS.index(Passed(code)) if code else FIT for code in candidates.blocks], dtype=np.int64)
    blocked_rows = candidates.block > 0
    reason[blocked_rows] = blocked[candidates.block[blocked_rows]]
    _one_a_customer(candidates, reason, lot)
    return Screened(reason, fit, late, band, lot)


def _times(candidates: Candidates, places: Places) -> tuple[Flags, Flags]:
    """By row and window: whether the whole window lies in the time to visit; whether it begins after its beginning."""
    starts = np.array([micros(window.start) for window in places.windows], dtype=np.int64)
    ends = np.array([micros(window.end) for window in places.windows], dtype=np.int64)
    after_start = candidates.due_from[:, None] <= starts[None, :]
    return after_start & (ends[None, :] <= candidates.due_by[:, None]), after_start


def _liked(policy: PlanPolicy, candidates: Candidates, places: Places) -> Flags:
    enough = [
        [minutes_inside(window, liked) >= policy.minutes_per_visit for window in places.windows]
        for liked in candidates.likes
    ]
    table = np.array(enough, dtype=np.bool_).reshape(len(candidates.likes), len(places.windows))
    return table[candidates.like]


def _somebody(candidates: Candidates, places: Places, fit: Flags) -> Flags:
    """Whether anybody with the skill and language is at work in a window that fits, full or not."""
    if not places.agents:
        return np.zeros(len(candidates), dtype=np.bool_)
    able, at_work = places.able(candidates), places.at_work()
    not_agent = places.rows_of_agents(candidates.not_agent)
    kinds = np.stack([candidates.skill, candidates.language, not_agent], axis=1)
    keys, which = np.unique(kinds, axis=0, return_inverse=True)
    open_windows = np.empty((len(keys), len(places.windows)), dtype=np.bool_)
    for number, (skill, language, without) in enumerate(keys):
        people = able[skill, language].copy()
        if without >= 0:
            people[without] = False
        open_windows[number] = at_work[people].any(axis=0)
    return _any(fit & open_windows[which.reshape(-1)])


def _no_window(candidates: Candidates, places: Places, in_time: Flags, fit: Flags) -> list[tuple[Passed, Flags]]:
    """Why no window fits, the weightiest reason last."""
    nowhere = ~_any(fit)
    found = [(Passed.DUE_BETWEEN if places.windows else Passed.NO_WINDOW, nowhere)]
    if places.windows:
        first_end, last_start = micros(places.windows[0].end), micros(places.windows[-1].start)
        over = nowhere & (candidates.due_by < first_end)
        found += [
            (Passed.PAST_DUE, over & ~candidates.owed),
            (Passed.PREFERENCE, over & candidates.owed),
            (Passed.NOT_DUE, nowhere & (candidates.due_from > last_start)),
            (Passed.PREFERENCE, nowhere & _any(in_time)),
        ]
    return found


def _any(by_window: Flags) -> Flags:
    """Whether any window of a row is marked."""
    found: Flags = np.any(by_window, axis=1)
    return found


def _one_a_customer(candidates: Candidates, reason: Ints, lot: Ints) -> None:
    """A customer stands in the draw with one visit: the owed one, the planned one, the one due first, then by lot."""
    rows = np.flatnonzero(reason == FIT)
    keys = (lot[rows], candidates.due_by[rows], candidates.placed_agent[rows] == 0, ~candidates.owed[rows])
    rows = rows[np.lexsort((*keys, candidates.customer[rows]))]
    again = np.flatnonzero(np.diff(candidates.customer[rows]) == 0) + 1
    reason[rows[again]] = REASONS.index(Passed.OTHER_VISIT)
