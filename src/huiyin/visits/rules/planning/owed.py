"""Owed visits come first: as many as possible, those due first before the others, each in the earliest window."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from huiyin.visits.rules.planning.capacity import Places
from huiyin.visits.rules.planning.columns import Candidates, Ints
from huiyin.visits.rules.planning.facts import Step
from huiyin.visits.rules.planning.flow import Network
from huiyin.visits.rules.planning.prices import OwedPrices
from huiyin.visits.rules.planning.screening import Screened
from huiyin.visits.rules.planning.sorts import sorts_of
from huiyin.visits.rules.planning.week_network import Days, Ends, WeekNetwork


@dataclass(frozen=True)
class Owed:
    """Owed visits with the window each of them has, and those without a place."""

    rows: Ints
    window: Ints
    without_place: Ints
    steps: tuple[Step, ...] = ()


def place_owed(candidates: Candidates, screened: Screened, places: Places, prices: OwedPrices) -> Owed:
    """Gives owed visits their window; who makes them is settled together with the others."""
    rows = screened.rows[candidates.owed[screened.rows]]
    none = np.zeros(0, dtype=np.int64)
    if not len(rows) or not len(places.room):
        return Owed(none, none, rows)
    rows = rows[np.lexsort((screened.lot[rows], candidates.due_by[rows]))]
    before = places.windows_ending(candidates.placed_end[rows])
    stays = np.flatnonzero((before >= 0) & screened.fit[rows, before])
    ways = np.concatenate([np.arange(len(rows)), stays])
    only = np.concatenate([np.full(len(rows), -1), before[stays]])
    sorts = sorts_of(candidates, screened, places, rows[ways], only)
    net = Network()
    unlimited = np.full(len(places.days), len(rows), dtype=np.int64)
    days = Days(unlimited, unlimited * 0, unlimited * 0)
    week = WeekNetwork(net, places, sorts, days, Ends(np.arange(len(places.windows)), urgent_only=False))
    start, each = net.node(), net.nodes(len(rows))
    net.supply(start, len(rows))
    net.supply(week.end, -len(rows))
    worth = np.where(before >= 0, prices.dropped, prices.left_out) + len(rows) - np.arange(len(rows))
    taken = net.arcs(start, each, 1, -worth)
    moved = np.zeros(len(rows), dtype=np.int64)
    moved[stays] = prices.moved
    chosen = net.arcs(each[ways], week.sort[sorts.of], 1, np.where(only < 0, moved[ways], 0))
    net.arcs(start, week.end, len(rows), 0)
    flow = net.solve()
    step = Step("owed", flow.cost + int(worth.sum()), flow.bound(flow.prices()) + int(worth.sum()))
    placed, way = taken.of(flow.units) > 0, chosen.of(flow.units) > 0
    windows = _windows(sorts.of[way], *week.spread(flow), places.window)
    order = np.argsort(ways[way])
    return Owed(rows[placed], windows[order], rows[~placed], (step,))


def _windows(sorts: Ints, of_sort: Ints, place: Ints, window_of: Ints) -> Ints:
    """The window of each visit in order: of a sort's windows the first one has the earliest."""
    windows = window_of[place]
    found = np.empty(len(sorts), dtype=np.int64)
    found[np.argsort(sorts, kind="stable")] = windows[np.lexsort((windows, of_sort))]
    return found
