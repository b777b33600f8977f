"""Which bands the customers of a small store's minimum come from, before anybody is drawn (VIS-12)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from huiyin.visits.rules.planning.columns import Ints
from huiyin.visits.rules.planning.flow import Network
from huiyin.visits.rules.planning.prices import DrawPrices

FINE = 2**16


@dataclass(frozen=True)
class Pools:
    """The draw's pools: those with a turn and those without, by band; and each small store in need, by band.

    ``band`` and ``off_turn`` of every pool; ``store`` is its place among the stores in need, or -1. ``size`` is how
    many wait in it.
    """

    band: Ints
    off_turn: Ints
    store: Ints
    size: Ints

    def __len__(self) -> int:
        return len(self.band)


def reserved(
    prices: DrawPrices, pools: Pools, wanted: Ints, beside: Ints, needs: Ints, firsts: Mapping[int, Ints]
) -> Ints:
    """How many of each store's pool to draw ahead of the others, so that as many stores as possible reach their need.

    ``beside[home, band]`` prices a place of band ``home`` filled from ``band`` (below zero: not possible). ``firsts``
    holds, for a store's pool, the draw numbers of those who would be first, as a share of their band times ``FINE``.
    """
    ahead = np.zeros(len(pools), dtype=np.int64)
    if not len(needs) or not wanted.sum():
        return ahead
    net = Network()
    start, end = net.node(), net.node()
    homes, bands, stores = net.nodes(len(wanted)), net.nodes(len(wanted)), net.nodes(len(needs))
    home, band = np.nonzero(beside >= 0)
    net.supply(start, int(wanted.sum()))
    net.supply(end, -int(wanted.sum()))
    net.arcs(start, end, int(wanted.sum()), prices.open_place)
    net.arcs(start, homes, wanted, 0)
    net.arcs(homes[home], bands[band], wanted[home], beside[home, band])
    common = pools.store < 0
    net.arcs(bands[pools.band[common]], end, pools.size[common], pools.off_turn[common])
    net.arcs(stores, end, needs, -prices.small_store)
    net.arcs(stores, end, int(wanted.sum()), 0)
    made = {
        pool: net.arcs(bands[pools.band[pool]], stores[pools.store[pool]], 1, pools.off_turn[pool] + first)
        for pool, first in firsts.items()
        if len(first)
    }
    flow = net.solve()
    for pool, arcs in made.items():
        ahead[pool] = arcs.of(flow.units).sum()
    return _no_more_than(ahead, pools, needs)


def _no_more_than(ahead: Ints, pools: Pools, needs: Ints) -> Ints:
    """A store draws no more ahead than it needs."""
    for store, need in enumerate(needs):
        left = int(need)
        for pool in np.flatnonzero(pools.store == store):
            ahead[pool] = min(int(ahead[pool]), left)
            left -= int(ahead[pool])
    return ahead
