"""When and by whom: the best places for those who were chosen (VIS-13, VIS-16, VIS-18)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from huiyin.visits.rules.planning.capacity import Places
from huiyin.visits.rules.planning.columns import Candidates, Flags, Ints
from huiyin.visits.rules.planning.facts import Step
from huiyin.visits.rules.planning.flow import Network
from huiyin.visits.rules.planning.prices import PlacePrices
from huiyin.visits.rules.planning.screening import Screened
from huiyin.visits.rules.planning.sorts import Sorts, sorts_of
from huiyin.visits.rules.planning.week_network import Days, Ends, WeekNetwork

REMEMBERED = 3


@dataclass(frozen=True)
class Placing:
    """The place of each row, -1 where it has none; ``known`` marks whose acquaintances are at work in its windows."""

    place: Ints
    known: Flags
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class _Ways:
    """Ways of single visits straight to a place: the person they know, or where they stood before."""

    visit: Ints
    place: Ints
    cost: Ints


def place_all(
    candidates: Candidates,
    screened: Screened,
    places: Places,
    rows: Ints,
    only: Ints,
    days: Days,
    prices: PlacePrices,
) -> Placing:
    """Places for all rows; ``only`` is the one window of a row, or -1."""
    if not len(rows) or not len(places.room):
        return Placing(np.full(len(rows), -1, dtype=np.int64), np.zeros(len(rows), dtype=np.bool_))
    sorts = sorts_of(candidates, screened, places, rows, only)
    moving = candidates.placed_agent[rows] > 0
    ways, knowing = _ways(candidates, places, sorts, rows, moving, prices)
    net = Network()
    by_window = np.arange(len(places.windows), dtype=np.int64) * prices.late_window
    ends = Ends(
        by_window,
        uneven=prices.uneven,
        full_agent=prices.full_agent,
        full_window=prices.full_window,
        fuller_day=prices.fuller_day,
    )
    week = WeekNetwork(net, places, sorts, days, ends)
    single = np.flatnonzero(knowing | moving)
    common = np.bincount(np.delete(sorts.of, single), minlength=len(sorts))
    start, each = net.node(), net.nodes(len(rows))
    net.supply(start, len(rows))
    net.supply(week.end, -len(rows))
    net.arcs(start, week.end, len(rows), prices.lost)
    net.arcs(start, week.sort, common, 0)
    net.arcs(start, each[single], 1, 0)
    strange = prices.stranger * knowing[single] + prices.moved * moving[single]
    to_sort = net.arcs(each[single], week.sort[sorts.of[single]], 1, strange)
    late = week.window_cost(sorts.of[ways.visit], places.window[ways.place])
    straight = net.arcs(each[ways.visit], week.place[ways.place], 1, ways.cost + late)
    flow = net.solve()
    found = np.full(len(rows), -1, dtype=np.int64)
    used = straight.of(flow.units) > 0
    found[ways.visit[used]] = ways.place[used]
    by_sort = np.ones(len(rows), dtype=np.bool_)
    by_sort[single] = to_sort.of(flow.units) > 0
    _hand_out(found, by_sort, sorts, *week.spread(flow))
    return Placing(found, knowing, (Step("places", flow.cost, flow.bound(flow.prices())),))


def _hand_out(found: Ints, by_sort: Flags, sorts: Sorts, of_sort: Ints, place: Ints) -> None:
    """Gives the places of each sort to its visits, in order."""
    waiting = np.flatnonzero(by_sort)
    waiting = waiting[np.argsort(sorts.of[waiting], kind="stable")]
    place = place[np.lexsort((place, of_sort))]
    got, wait = np.bincount(of_sort, minlength=len(sorts)), np.bincount(sorts.of[waiting], minlength=len(sorts))
    first = np.arange(len(waiting)) - (np.cumsum(wait) - wait)[sorts.of[waiting]]
    lucky = first < got[sorts.of[waiting]]
    found[waiting[lucky]] = place


def _ways(
    candidates: Candidates, places: Places, sorts: Sorts, rows: Ints, moving: Flags, prices: PlacePrices
) -> tuple[_Ways, Flags]:
    """The straight ways, and whom an acquaintance could visit."""
    at = _places_of_agents(places)
    visits, targets, costs = [], [], []
    knowing = np.zeros(len(rows), dtype=np.bool_)
    known_rows = candidates.known_from[rows + 1] > candidates.known_from[rows]
    before = places.rows_of_agents(candidates.placed_agent[rows])
    window_before = places.windows_ending(candidates.placed_end[rows])
    for visit in np.flatnonzero(known_rows | moving):
        able, fit = sorts.able(int(sorts.of[visit])), sorts.fit[sorts.of[visit]]
        known = [] if not known_rows[visit] else _known(candidates, places, int(rows[visit]))
        ranks = {agent: rank for rank, agent in reversed(list(enumerate(known))) if able[agent]}
        if moving[visit] and before[visit] >= 0 and able[before[visit]]:
            ranks.setdefault(int(before[visit]), len(known))
        for agent, rank in ranks.items():
            fitting = at[agent][fit[places.window[at[agent]]]]
            met = rank < len(known)
            knowing[visit] |= met and bool(len(fitting))
            stays = (agent == before[visit]) & (places.window[fitting] == window_before[visit])
            price = prices.stranger * rank // (REMEMBERED + 1)
            cost = np.where(stays, 0, price + prices.moved * moving[visit])
            visits.append(np.full(len(fitting), visit))
            targets.append(fitting)
            costs.append(cost)
    none = [np.zeros(0, dtype=np.int64)]
    joined = (np.concatenate([*none, *each]) for each in (visits, targets, costs))
    return _Ways(*joined), knowing


def _known(candidates: Candidates, places: Places, row: int) -> list[int]:
    ids = np.array(candidates.known(row)[:REMEMBERED], dtype=np.int64)
    return [int(agent) for agent in places.rows_of_agents(ids) if agent >= 0]


def _places_of_agents(places: Places) -> list[Ints]:
    return [np.flatnonzero(places.agent == agent) for agent in range(len(places.agents))]
