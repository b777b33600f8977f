"""One solved draw: the network from bands over pools and candidates to the week's places, its flow and its bound."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from huiyin.visits.rules.planning.columns import Flags, Ints
from huiyin.visits.rules.planning.flow import Arcs, Flow, Network
from huiyin.visits.rules.planning.week_network import Ends, WeekNetwork

if TYPE_CHECKING:
    from huiyin.visits.rules.planning.drawing import Draw


class Solved:
    """A draw solved with the ``active`` candidates: ``ahead`` of each pool for small stores, or at a ``price`` each.

    ``cost`` is what it costs by the prices of the draw, ``bound`` what any draw costs at least. ``taken`` are the drawn
    ones, ``reduced`` says what it would cost to draw another candidate: below zero, it would make the draw better.
    """

    def __init__(self, draw: Draw, active: Flags, ahead: Ints, price: Ints) -> None:
        self.draw, self.ahead, self.price, self.prices = draw, ahead, price, draw.prices
        self.rows = np.flatnonzero(active)
        self.net = Network()
        ends = Ends(np.zeros(len(draw.places.windows), np.int64), uneven=self.prices.uneven)
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
        net.arcs(start, self.week.end, total, self.prices.open_place)
        net.arcs(start, homes, wanted, 0)
        self.home, self.band = np.nonzero(self.draw.beside >= 0)
        beside = self.draw.beside[self.home, self.band]
        self.from_home = net.arcs(homes[self.home], self.bands[self.band], wanted[self.home], beside)
        from_band = self.bands[pools.band]
        self.ahead_arcs = net.arcs(from_band, self.pool, self.ahead, pools.off_turn - self.prices.small_store)
        self.value = np.where(pools.store >= 0, np.append(self.price, 0)[pools.store], 0)
        self.rest_arcs = net.arcs(from_band, self.pool, pools.size - self.ahead, pools.off_turn - self.value)

    def _candidates(self) -> None:
        draw = self.draw
        self.costs = np.minimum(draw.number, self.prices.numbers) - np.where(draw.planned, self.prices.dropped, 0)
        pool, sort = self.pool[draw.pool[self.rows]], self.week.sort[draw.sorts.of[self.rows]]
        self.candidate_arcs = self.net.arcs(pool, sort, 1, self.costs[self.rows])

    def _owed(self) -> None:
        count = len(self.draw.owed.rows)
        start = self.net.node()
        self.net.supply(start, count)
        self.net.supply(self.week.end, -count)
        self.net.arcs(start, self.week.end, count, self.prices.owed)
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
        planned = self.prices.dropped * int(draw.planned.sum())
        valued = int(self.ahead_arcs.of(flow.units).sum()) * self.prices.small_store
        valued += int(np.dot(self.rest_arcs.of(flow.units), self.value))
        self.cost = flow.cost + planned + valued + self.prices.small_store * int(self.missing.sum())
        self.bound = self._bound(flow, prices) + planned

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
            most = np.minimum(pools.size[mine], self.draw.wanted.bands.sum())
            bound += _best_price(reduced[mine], most, int(need), self.prices.small_store)
        return bound


def _gains(flow: Flow, prices: Ints, arcs: Arcs, mine: Flags) -> int:
    reduced = arcs.of(flow.costs) + prices[arcs.of(flow.tails)] - prices[arcs.of(flow.heads)]
    return int(np.dot(np.minimum(reduced, 0)[mine], arcs.of(flow.rooms)[mine]))


def _best_price(reduced: Ints, sizes: Ints, need: int, dearest: int) -> int:
    """The highest bound over all prices of one customer of a small store (Lagrange), at most its own price."""
    prices = np.unique(np.clip(np.concatenate([reduced, [0, dearest]]), 0, dearest))
    return max(int(price * need + np.dot(np.minimum(reduced - price, 0), sizes)) for price in prices)
