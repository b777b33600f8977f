"""Who is drawn: the best sample by quota, bands, turns and days that finds room in the week (VIS-10..13).

Continuity, load and convenience have no say in who is drawn, or the sample would favour customers who are easy to
visit. Only the draw's numbers decide inside a band.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from huiyin.visits.rules.planning.capacity import Places
from huiyin.visits.rules.planning.columns import Candidates, Flags, Ints
from huiyin.visits.rules.planning.facts import Step
from huiyin.visits.rules.planning.owed import Owed
from huiyin.visits.rules.planning.policy import PlanPolicy
from huiyin.visits.rules.planning.quota import fallbacks, last_resort
from huiyin.visits.rules.planning.screening import Screened
from huiyin.visits.rules.planning.small_stores import FINE, Pools, reserved
from huiyin.visits.rules.planning.solved import Solved
from huiyin.visits.rules.planning.sorts import sorts_of
from huiyin.visits.rules.planning.week_network import Days

ROUNDS = 24
REPAIRS = 3
HALVINGS = 24
CLOSE = 1e-3
SOME = 64


@dataclass(frozen=True)
class Wanted:
    """What the week asks for: open places by band, customers still missing by small store, and whose turn it is."""

    bands: Ints
    stores: Ints
    needs: Ints
    turn: str
    days: Days


@dataclass(frozen=True)
class Drawn:
    """Who is drawn: rows, the band whose place each fills, and whether it was for its small store's minimum.

    ``number`` is every candidate's number in the draw of its band, ``among`` how many the band has; 0 for who is not in
    the draw. ``off_turn`` marks candidates whose store has no turn.
    """

    rows: Ints
    home: Ints
    for_store: Flags
    off_turn: Flags
    number: Ints
    among: Ints
    steps: tuple[Step, ...] = ()


class Draw:
    """One draw of a week."""

    def __init__(
        self, policy: PlanPolicy, candidates: Candidates, screened: Screened, places: Places, owed: Owed, wanted: Wanted
    ) -> None:
        self.policy, self.prices, self.candidates, self.screened = policy, policy.prices.draw, candidates, screened
        self.places, self.owed, self.wanted = places, owed, wanted
        rows = screened.rows[~candidates.owed[screened.rows]]
        self.rows = rows[np.lexsort((screened.lot[rows], screened.band[rows]))]
        self.band = screened.band[self.rows]
        self.size = np.bincount(self.band, minlength=len(policy.bands))
        self.number = np.arange(len(self.rows)) - (np.cumsum(self.size) - self.size)[self.band] + 1
        self.off_turn = self._off_turn()
        self.planned = candidates.placed_agent[self.rows] > 0
        self.beside = _beside(policy)
        self._pools()

    def _off_turn(self) -> Flags:
        sizes = np.array([size in ("", self.wanted.turn) for size in self.candidates.sizes], dtype=np.bool_)
        return ~sizes[self.candidates.size[self.rows]] if self.wanted.turn else np.zeros(len(self.rows), np.bool_)

    def _pools(self) -> None:
        store = self.candidates.store[self.rows]
        at = np.searchsorted(self.wanted.stores, store)
        inside = at < len(self.wanted.stores)
        inside[inside] = self.wanted.stores[at[inside]] == store[inside]
        needy = np.where(inside, at, -1)
        keys = np.stack([self.band, self.off_turn, needy], axis=1)
        found, self.pool = np.unique(keys.reshape(-1, 3), axis=0, return_inverse=True)
        self.pool = self.pool.reshape(-1)
        off_turn = found[:, 1] * self.prices.off_turn
        self.pools = Pools(found[:, 0], off_turn, found[:, 2], np.bincount(self.pool, minlength=len(found)))
        self.nth = self.nth_of_pool(np.arange(len(self.rows)))

    def draw(self) -> Drawn:
        """The best draw; where a small store's minimum finds no room in one band, others are tried."""
        if not len(self.places.room) or not len(self.rows):
            return self._nothing()
        only = np.concatenate([np.full(len(self.rows), -1), self.owed.window])
        rows = np.concatenate([self.rows, self.owed.rows])
        self.sorts = sorts_of(self.candidates, self.screened, self.places, rows, only)
        best, bound = self._with_minimum()
        return self._drawn(best, Step("draw", best.cost, bound))

    def _with_minimum(self) -> tuple[Solved, int]:
        """The best draw found and the highest bound.

        First each small store's customers are set aside in the bands that cost least; where they find no room, in
        others. What is left of a gap is closed from both sides: with a price for each customer of a small store instead
        of a set number, which is raised where the store misses customers and lowered where it has more than it needs.
        """
        limits, nothing = self.pools.size.copy(), np.zeros_like(self.wanted.needs)
        best = self._attempt(self._ahead(limits), nothing)
        bound = best.bound
        for _ in range(REPAIRS):
            short = (best.by_pool < best.ahead) & np.isin(self.pools.store, np.flatnonzero(best.missing))
            if not short.any() or best.cost <= bound:
                break
            limits[short] = best.by_pool[short]
            other = self._attempt(self._ahead(limits), nothing)
            best, bound = min(best, other, key=lambda each: each.cost), max(bound, other.bound)
        low, price, high = (
            nothing,
            nothing + self.prices.small_store * (best.missing > 0),
            nothing + self.prices.small_store,
        )
        for _ in range(HALVINGS):
            if best.cost - bound <= best.cost * CLOSE:
                break
            other = self._attempt(np.zeros_like(limits), price)
            best, bound = min(best, other, key=lambda each: each.cost), max(bound, other.bound)
            low, high = np.where(other.missing > 0, price, low), np.where(other.missing > 0, high, price)
            price = (low + high + 1) // 2
        return best, bound

    def _nothing(self) -> Drawn:
        none, no = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.bool_)
        cost = self.prices.open_place * int(self.wanted.bands.sum()) + self.prices.small_store * int(
            self.wanted.needs.sum()
        )
        return Drawn(none, none, no, *self._numbers(), steps=(Step("draw", cost, cost),))

    def _attempt(self, ahead: Ints, price: Ints) -> Solved:
        """The draw that takes ``ahead`` of each small store's pools, or values its customers at a ``price``.

        Only the first of each pool are looked at; whoever could still make it better, by the prices of the solution, is
        added until nobody can: the others then cannot change it.
        """
        active = self.planned | (self.nth < self._first_look(ahead)[self.pool])
        for _ in range(ROUNDS):
            solved = Solved(self, active, ahead, price)
            better = np.flatnonzero(~active & (solved.reduced < 0))
            if not len(better):
                break
            looked_at = np.bincount(self.pool[active], minlength=len(ahead))
            active[better[self.nth_of_pool(better) < looked_at[self.pool[better]] + SOME]] = True
        return solved

    def _ahead(self, limits: Ints) -> Ints:
        firsts = {
            int(pool): self.number[self.pool == pool][: min(int(self.wanted.needs[store]), int(limits[pool]))]
            * FINE
            // max(int(self.size[self.pools.band[pool]]), 1)
            for pool, store in enumerate(self.pools.store)
            if store >= 0
        }
        return reserved(self.prices, self.pools, self.wanted.bands, self.beside, self.wanted.needs, firsts)

    def _first_look(self, ahead: Ints) -> Ints:
        with_turn = self.pools.off_turn == 0
        of_band = np.bincount(
            self.pools.band[with_turn], weights=self.pools.size[with_turn], minlength=len(self.wanted.bands)
        )
        share = self.pools.size / np.maximum(of_band[self.pools.band], 1)
        expected = 1.3 * share * self.wanted.bands[self.pools.band]
        return np.where(with_turn, expected, 0).astype(np.int64) + ahead + SOME

    def _numbers(self) -> tuple[Flags, Ints, Ints]:
        number, among = (np.zeros(len(self.candidates), dtype=np.int64) for _ in range(2))
        off_turn = np.zeros(len(self.candidates), dtype=np.bool_)
        number[self.rows], among[self.rows], off_turn[self.rows] = self.number, self.size[self.band], self.off_turn
        return off_turn, number, among

    def _drawn(self, solved: Solved, step: Step) -> Drawn:
        taken = np.flatnonzero(solved.taken)
        for_store = self.nth_of_pool(taken) < self._for_stores(solved)[self.pool[taken]]
        home = self._homes(taken, solved.by_home)
        return Drawn(self.rows[taken], home, for_store, *self._numbers(), steps=(step,))

    def _for_stores(self, solved: Solved) -> Ints:
        """How many of each pool were drawn for their store's minimum."""
        found = np.minimum(solved.ahead, solved.by_pool)
        for store in np.flatnonzero(solved.price):
            left = int(self.wanted.needs[store])
            for pool in np.flatnonzero(self.pools.store == store):
                found[pool] = min(int(solved.by_pool[pool]), left)
                left -= int(found[pool])
        return found

    def nth_of_pool(self, rows: Ints) -> Ints:
        """The how-manieth of its pool each of these rows is among them."""
        order = np.argsort(self.pool[rows], kind="stable")
        pools = self.pool[rows][order]
        nth = np.empty(len(rows), dtype=np.int64)
        nth[order] = np.arange(len(rows)) - np.searchsorted(pools, pools)
        return nth

    def _homes(self, taken: Ints, by_home: Ints) -> Ints:
        """The band whose place each drawn one fills: the first ones their own band's."""
        homes = np.empty(len(taken), dtype=np.int64)
        for band in range(len(self.policy.bands)):
            mine = np.flatnonzero(self.band[taken] == band)
            others = [home for home in reversed(range(len(self.policy.bands))) if home != band]
            order = [band, *others]
            homes[mine] = np.repeat(order, by_home[order, band])[: len(mine)]
        return homes


def _beside(policy: PlanPolicy) -> Ints:
    """What it costs to fill a place of one band (row) from another (column); -1 where that is no way."""
    codes = [band.code for band in policy.bands]
    found = np.full((len(codes), len(codes)), -1, dtype=np.int64)
    for home, code in enumerate(codes):
        for step, other in enumerate(fallbacks(policy.bands, code), start=1):
            found[home, codes.index(other)] = step * policy.prices.draw.beside
        for other in last_resort(policy.bands):
            found[home, codes.index(other)] = policy.prices.draw.last_resort
        found[home, home] = 0
    return found
