"""Sorts of visits: those that fit the same windows and people are the same to the week's places."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from huiyin.visits.rules.planning.capacity import Places
from huiyin.visits.rules.planning.columns import Candidates, Flags, Ints
from huiyin.visits.rules.planning.screening import Screened


@dataclass(frozen=True)
class Sorts:
    """``of`` is the sort of each row; ``fit`` its windows, ``people`` who is able to make it, ``without`` who must not.

    ``urgent``: its time ends this week, so that the earlier windows are the better ones.
    """

    of: Ints
    fit: Flags
    people: Flags
    without: Ints
    urgent: Flags

    def __len__(self) -> int:
        return len(self.fit)

    def able(self, sort: int) -> Flags:
        """Who may make visits of a sort."""
        people: Flags = self.people[sort].copy()
        if self.without[sort] >= 0:
            people[self.without[sort]] = False
        return people


def sorts_of(candidates: Candidates, screened: Screened, places: Places, rows: Ints, only: Ints | None = None) -> Sorts:
    """The sorts of the given rows; ``only`` names one window for rows that have it already (-1: any that fits)."""
    fit = screened.fit[rows]
    if only is not None and len(places.windows):
        pinned = np.arange(len(places.windows))[None, :] == only[:, None]
        fit = np.where((only >= 0)[:, None], pinned, fit)
    urgent = ~fit[:, -1:].any(axis=1) & ~candidates.owed[rows]
    not_agent = places.rows_of_agents(candidates.not_agent[rows])
    packed = np.packbits(fit, axis=1).astype(np.int64)
    people = np.stack([candidates.skill[rows], candidates.language[rows], not_agent, urgent], axis=1)
    keys, first, of = np.unique(
        np.concatenate([people, packed], axis=1), axis=0, return_index=True, return_inverse=True
    )
    able = places.able(candidates)
    return Sorts(
        of=of.reshape(-1).astype(np.int64),
        fit=fit[first],
        people=able[keys[:, 0], keys[:, 1]],
        without=keys[:, 2],
        urgent=urgent[first],
    )
