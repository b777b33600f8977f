"""What came of drawing and placing, before it is put into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from huiyin.visits.rules.planning.capacity import Places
from huiyin.visits.rules.planning.columns import Candidates, Flags, Ints
from huiyin.visits.rules.planning.drawing import Drawn, Wanted
from huiyin.visits.rules.planning.facts import PlanWeek
from huiyin.visits.rules.planning.owed import Owed
from huiyin.visits.rules.planning.placing import Placing
from huiyin.visits.rules.planning.policy import PlanPolicy
from huiyin.visits.rules.planning.screening import Screened


@dataclass(frozen=True)
class Outcome:
    """A drawn week with everything it rests on. ``rows`` are the owed and then the drawn candidates."""

    policy: PlanPolicy
    week: PlanWeek
    candidates: Candidates
    places: Places
    screened: Screened
    owed: Owed
    drawn: Drawn
    placing: Placing
    rows: Ints
    target: int
    wanted: Wanted
    needs: Mapping[int, int]

    @cached_property
    def placed(self) -> Flags:
        """Which of the rows have a place."""
        return self.placing.place >= 0

    @cached_property
    def chosen(self) -> Flags:
        """Which candidates are in the plan."""
        found = np.zeros(len(self.candidates), dtype=np.bool_)
        found[self.rows[self.placed]] = True
        return found

    @property
    def places_open(self) -> int:
        """How many places of the quota nobody fills."""
        return int(self.wanted.bands.sum()) - int(self.placed[len(self.owed.rows) :].sum())

    @cached_property
    def by_acquaintance(self) -> Flags:
        """Which rows are visited by somebody who spoke with the customer before."""
        return np.array([self._agent(at) in self.candidates.known(row) for at, row in enumerate(self.rows)], np.bool_)

    def _agent(self, at: int) -> int:
        place = self.placing.place[at]
        return self.places.agents[self.places.agent[place]].id if place >= 0 else -1

    @cached_property
    def stays(self) -> Flags:
        """Which rows stand where they stood in the plan before."""
        agent = self.places.rows_of_agents(self.candidates.placed_agent[self.rows])
        window = self.places.windows_ending(self.candidates.placed_end[self.rows])
        place = np.maximum(self.placing.place, 0)
        if not len(self.places.room):
            return np.zeros(len(self.rows), dtype=np.bool_)
        same = (self.places.agent[place] == agent) & (self.places.window[place] == window)
        found: Flags = same & self.before & self.placed
        return found

    @cached_property
    def before(self) -> Flags:
        """Which rows had a place in the plan before."""
        found: Flags = self.candidates.placed_agent[self.rows] > 0
        return found

    @property
    def moved(self) -> int:
        """How many stand elsewhere than before."""
        return int((self.before & self.placed & ~self.stays).sum())

    @cached_property
    def room_left(self) -> Flags:
        """Whether a place has room left in its window and in its agent's day."""
        used = self.placing.place[self.placed]
        room = self.places.room - np.bincount(used, minlength=len(self.places.room))
        day_room = self.places.day_room - np.bincount(self.places.agent_day[used], minlength=len(self.places.day_room))
        return (room > 0) & (day_room[self.places.agent_day] > 0)

    @cached_property
    def last_of_pool(self) -> Ints:
        """The highest number drawn by band and turn (1: without one), apart from small stores' and earlier plans'."""
        found = np.zeros((len(self.policy.bands), 2), dtype=np.int64)
        common = self.drawn.rows[~self.drawn.for_store & ~self.before[len(self.owed.rows) :]]
        where = (self.screened.band[common], self.drawn.off_turn[common].astype(np.int64))
        np.maximum.at(found, where, self.drawn.number[common])
        return found

    @property
    def last_drawn(self) -> dict[str, int]:
        """The highest number drawn in each band among those whose store has its turn."""
        return {band.code: int(self.last_of_pool[at, 0]) for at, band in enumerate(self.policy.bands)}
