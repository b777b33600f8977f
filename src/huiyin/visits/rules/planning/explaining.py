"""Which rule was the binding one for whoever was fit and not chosen (VIS-16)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np

from huiyin.visits.rules.planning.columns import Flags, Ints
from huiyin.visits.rules.planning.facts import NotChosen
from huiyin.visits.rules.planning.outcome import Outcome
from huiyin.visits.rules.planning.quota import last_resort
from huiyin.visits.rules.planning.reasons import Passed
from huiyin.visits.rules.planning.screening import FIT, REASONS
from huiyin.visits.rules.planning.sorts import sorts_of


@dataclass(frozen=True, eq=False)
class LeftOut(Sequence[NotChosen]):
    """Everybody who was not chosen, as columns: a million of them are no million objects."""

    candidates: Ints
    reasons: Ints
    numbers: Ints

    def __len__(self) -> int:
        return len(self.candidates)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LeftOut) and all(
            np.array_equal(mine, theirs) for mine, theirs in zip(self._columns, other._columns, strict=True)
        )

    __hash__ = None  # type: ignore[assignment]  # columns do not hash

    @property
    def _columns(self) -> tuple[Ints, Ints, Ints]:
        return self.candidates, self.reasons, self.numbers

    @overload
    def __getitem__(self, index: int) -> NotChosen: ...
    @overload
    def __getitem__(self, index: slice) -> LeftOut: ...
    def __getitem__(self, index: int | slice) -> NotChosen | LeftOut:
        if isinstance(index, slice):
            return LeftOut(self.candidates[index], self.reasons[index], self.numbers[index])
        return NotChosen(int(self.candidates[index]), REASONS[self.reasons[index]], int(self.numbers[index]))

    def __iter__(self) -> Iterator[NotChosen]:
        rows = zip(self.candidates.tolist(), self.reasons.tolist(), self.numbers.tolist(), strict=True)
        return (NotChosen(candidate, REASONS[reason], number) for candidate, reason, number in rows)

    def counted(self) -> dict[str, int]:
        """How many were left out for each reason."""
        return {str(REASONS[reason]): count for reason, count in Counter(self.reasons.tolist()).items()}


def left_out(result: Outcome) -> LeftOut:
    """Everybody not chosen.

    Whoever drew a number below the last one drawn, or is left over while places stay open, was kept out by the week's
    room: by the company's days where somebody able would be free, by the people where nobody is.
    """
    reason, drawn = result.screened.reason.copy(), result.drawn
    waiting = np.flatnonzero((reason == FIT) & ~result.chosen)
    owed = result.candidates.owed[waiting]
    by_room = np.where(
        _somebody_free(result, waiting) & ~owed, REASONS.index(Passed.DAY_FULL), REASONS.index(Passed.NO_ROOM)
    )
    last = result.last_of_pool[result.screened.band[waiting], drawn.off_turn[waiting].astype(np.int64)]
    kept_out = owed | (drawn.number[waiting] < last) | (result.places_open > 0)
    reason[waiting] = np.where(kept_out, by_room, _by_draw(result, waiting, last))
    rows = np.flatnonzero(~result.chosen)
    return LeftOut(result.candidates.id[rows], reason[rows], drawn.number[rows])


def _by_draw(result: Outcome, rows: Ints, last: Ints) -> Ints:
    """Why the draw did not reach them: turn, a band nobody had to go to, places that were taken, or their number."""
    lowest = np.array([band.code in last_resort(result.policy.bands) for band in result.policy.bands], dtype=np.bool_)
    order = (
        (Passed.OFF_TURN, result.drawn.off_turn[rows]),
        (Passed.LOWEST_BAND, lowest[result.screened.band[rows]] & (last == 0)),
        (Passed.PLACES_TAKEN, last == 0),
    )
    found: Ints = np.select(
        [rule for _, rule in order], [REASONS.index(code) for code, _ in order], REASONS.index(Passed.NOT_DRAWN)
    )
    return found


def _somebody_free(result: Outcome, rows: Ints) -> Flags:
    """Whether somebody able still has room in a window that fits."""
    places = result.places
    if not len(rows) or not len(places.room):
        return np.zeros(len(rows), dtype=np.bool_)
    sorts = sorts_of(result.candidates, result.screened, places, rows)
    agent, window = places.agent[result.room_left], places.window[result.room_left]
    found = [bool((sorts.able(sort)[agent] & sorts.fit[sort][window]).any()) for sort in range(len(sorts))]
    answer: Flags = np.array(found, dtype=np.bool_)[sorts.of]
    return answer
