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
from huiyin.visits.rules.planning.flow import Arcs, Flow, Network
from huiyin.visits.rules.planning.owed import Owed
from huiyin.visits.rules.planning.policy import PlanPolicy
from huiyin.visits.rules.planning.prices import DRAW
from huiyin.visits.rules.planning.quota import fallbacks, last_resort
from huiyin.visits.rules.planning.screening import Screened
from huiyin.visits.rules.planning.small_stores import FINE, Pools, reserved
from huiyin.visits.rules.planning.sorts import sorts_of
from huiyin.visits.rules.planning.week_network import Days, Ends, WeekNetwork

ROUNDS = 24
REPAIRS = 3
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
        self.policy, self.candidates, self.screened = policy, candidates, screened
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
        off_turn = found[:, 1] * DRAW.off_turn
        self.pools = Pools(found[:, 0], off_turn, found[:, 2], np.bincount(self.pool, minlength=len(found)))
        self.nth = self.nth_of_pool(np.arange(len(self.rows)))

    def draw(self) -> Drawn:
        """The best draw; where a small store's minimum finds no room in one band, others are tried."""
        if not len(self.places.room) or not len(self.rows):
            return self._nothing()
        limits = self.pools.size.copy()
        only = np.concatenate([np.full(len(self.rows), -1), self.owed.window])
        rows = np.concatenate([self.rows, self.owed.rows])
        self.sorts = sorts_of(self.candidates, self.screened, self.places, rows, only)
        best = self._attempt(limits)
        for _ in range(REPAIRS):
            short = (best.by_pool < best.ahead) & np.isin(self.pools.store, np.flatnonzero(best.missing))
            if not short.any():
                break
            limits[short] = best.by_pool[short]
            other = self._attempt(limits)
            if other.step.cost >= best.step.cost:
                break
            best = other
        return self._drawn(best)

    def _nothing(self) -> Drawn:
        none, no = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.bool_)
        return Drawn(none, none, no, *self._numbers())

    def _attempt(self, limits: Ints) -> _Solved:
        """The draw with the small stores' customers taken from the pools within ``limits``.

        Only the first of each pool are looked at; whoever could still make it better, by the prices of the solution, is
        added until nobody can: the others then cannot change it.
        """
        ahead = self._ahead(limits)
        active = self.planned | (self.nth < self._first_look(ahead)[self.pool])
        for _ in range(ROUNDS):
            solved = _Solved(self, active, ahead)
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
        return reserved(self.pools, self.wanted.bands, self.beside, self.wanted.needs, firsts)

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

    def _drawn(self, solved: _Solved) -> Drawn:
        taken = np.flatnonzero(solved.taken)
        for_store = self.nth_of_pool(taken) < solved.ahead[self.pool[taken]]
        home = self._homes(taken, solved.by_home)
        return Drawn(self.rows[taken], home, for_store, *self._numbers(), steps=(solved.step,))

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


class _Solved:
    """One solved draw."""

    def __init__(self, draw: Draw, active: Flags, ahead: Ints) -> None:
        self.draw, self.ahead = draw, ahead
        self.rows = np.flatnonzero(active)
        self.net = Network()
        ends = Ends(np.zeros(len(draw.places.windows), np.int64), uneven=DRAW.uneven)
        self.week = WeekNetwork(self.net, draw.places, draw.sorts, draw.wanted.days, ends)
        self._bands()
        self._candidates()
        self._owed()
        self._read(self.net.solve())

    def _bands(self) -> None:
        net, wanted, pools = self.net, self.draw.wanted.bands, self.draw.pools
        start, total = net.node(), int(wanted.sum())
        homes, self.bands, self.pool = net.nodes(len(wanted)), net.nodes(len(wanted)), net.nodes(len(pools))
        net.supply(start, total)
        net.supply(self.week.end, -total)
        net.arcs(start, self.week.end, total, DRAW.open_place)
        net.arcs(start, homes, wanted, 0)
        self.home, self.band = np.nonzero(self.draw.beside >= 0)
        beside = self.draw.beside[self.home, self.band]
        self.from_home = net.arcs(homes[self.home], self.bands[self.band], wanted[self.home], beside)
        from_band = self.bands[pools.band]
        self.ahead_arcs = net.arcs(from_band, self.pool, self.ahead, pools.off_turn - DRAW.small_store)
        self.rest_arcs = net.arcs(from_band, self.pool, pools.size - self.ahead, pools.off_turn)

    def _candidates(self) -> None:
        draw = self.draw
        self.costs = np.minimum(draw.number, DRAW.numbers) - np.where(draw.planned, DRAW.dropped, 0)
        pool, sort = self.pool[draw.pool[self.rows]], self.week.sort[draw.sorts.of[self.rows]]
        self.candidate_arcs = self.net.arcs(pool, sort, 1, self.costs[self.rows])

    def _owed(self) -> None:
        count = len(self.draw.owed.rows)
        start = self.net.node()
        self.net.supply(start, count)
        self.net.supply(self.week.end, -count)
        self.net.arcs(start, self.week.end, count, DRAW.owed)
        of_sort = np.bincount(self.draw.sorts.of[len(self.draw.rows) :], minlength=len(self.draw.sorts))
        self.net.arcs(start, self.week.sort, of_sort, 0)

    def _read(self, flow: Flow) -> None:
        draw = self.draw
        self.taken = np.zeros(len(draw.rows), dtype=np.bool_)
        self.taken[self.rows] = self.candidate_arcs.of(flow.units) > 0
        self.by_pool = np.bincount(draw.pool[self.taken], minlength=len(draw.pools))
        self.by_home = np.zeros_like(draw.beside)
        self.by_home[self.home, self.band] = self.from_home.of(flow.units)
        stores = draw.pools.store >= 0
        seen = np.bincount(
            draw.pools.store[stores], weights=self.by_pool[stores], minlength=len(draw.wanted.needs)
        ).astype(np.int64)
        self.missing = np.maximum(draw.wanted.needs - seen, 0)
        prices = flow.prices()
        self.reduced = (
            self.costs + prices[self.pool[draw.pool]] - prices[self.week.sort[draw.sorts.of[: len(draw.rows)]]]
        )
        planned = DRAW.dropped * int(draw.planned.sum())
        used_ahead = int(self.ahead_arcs.of(flow.units).sum())
        cost = flow.cost + planned + DRAW.small_store * (used_ahead + int(self.missing.sum()))
        self.step = Step("draw", cost, self._bound(flow, prices) + planned)

    def _bound(self, flow: Flow, prices: Ints) -> int:
        """What any draw costs at least, those not looked at and other shares of the small stores included."""
        inactive = np.ones(len(self.draw.rows), dtype=np.bool_)
        inactive[self.rows] = False
        bound = flow.bound(prices) + int(np.minimum(self.reduced[inactive], 0).sum())
        pools, needs = self.draw.pools, self.draw.wanted.needs
        reduced = pools.off_turn + prices[self.bands[pools.band]] - prices[self.pool]
        for store, need in enumerate(needs):
            mine = pools.store == store
            bound -= _gains(flow, prices, self.ahead_arcs, mine) + _gains(flow, prices, self.rest_arcs, mine)
            bound += _best_price(reduced[mine], pools.size[mine], int(need))
        return bound


def _gains(flow: Flow, prices: Ints, arcs: Arcs, mine: Flags) -> int:
    reduced = arcs.of(flow.costs) + prices[arcs.of(flow.tails)] - prices[arcs.of(flow.heads)]
    return int(np.dot(np.minimum(reduced, 0)[mine], arcs.of(flow.rooms)[mine]))


def _best_price(reduced: Ints, sizes: Ints, need: int) -> int:
    """The highest bound over all prices of one customer of a small store (Lagrange), at most its own price."""
    prices = np.unique(np.clip(np.concatenate([reduced, [0, DRAW.small_store]]), 0, DRAW.small_store))
    return max(int(price * need + np.dot(np.minimum(reduced - price, 0), sizes)) for price in prices)


def _beside(policy: PlanPolicy) -> Ints:
    """What it costs to fill a place of one band (row) from another (column); -1 where that is no way."""
    codes = [band.code for band in policy.bands]
    found = np.full((len(codes), len(codes)), -1, dtype=np.int64)
    for home, code in enumerate(codes):
        for step, other in enumerate(fallbacks(policy.bands, code), start=1):
            found[home, codes.index(other)] = step * DRAW.beside
        for other in last_resort(policy.bands):
            found[home, codes.index(other)] = DRAW.last_resort
        found[home, home] = 0
    return found
