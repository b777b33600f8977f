"""The week as a network: from sorts of visits over agents' windows and days to the company's days."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from huiyin.visits.rules.planning.capacity import Places
from huiyin.visits.rules.planning.columns import Ints
from huiyin.visits.rules.planning.flow import Arcs, Flow, Network
from huiyin.visits.rules.planning.sorts import Sorts

FINEST = 400
STEPS = 32


@dataclass(frozen=True)
class Ends:
    """What visits cost at their place: by window, beyond a day's share, and how costs rise as room fills up."""

    by_window: Ints
    uneven: int = 0
    urgent_only: bool = True
    full_agent: int = 0
    full_window: int = 0
    fuller_day: int = 0


@dataclass(frozen=True)
class Days:
    """How many more visits each day may hold: within its share and beyond it; ``done`` are there already."""

    share: Ints
    more: Ints
    done: Ints


class WeekNetwork:
    """Adds the week's places to a network. ``sort`` are the nodes by which visits of each sort come in."""

    def __init__(self, net: Network, places: Places, sorts: Sorts, days: Days, ends: Ends) -> None:
        self.net, self.places, self.sorts, self.ends = net, places, sorts, ends
        self.sort = net.nodes(len(sorts))
        self.end = net.node()
        self.place = net.nodes(len(places.room))
        self._agent_day = net.nodes(len(places.day_room))
        self._day = net.nodes(len(places.days))
        self._groups()
        self._into_groups()
        self._around_those_who_must_not()
        self._to_the_days()
        self._to_the_end(days)

    def _groups(self) -> None:
        """Agents who are able to do the same are one group; a group has one node a window."""
        _, self.group_of = np.unique(self.sorts.people, axis=1, return_inverse=True)
        self.group_of = self.group_of.reshape(-1)
        windows = len(self.places.windows)
        key = self.group_of[self.places.agent] * windows + self.places.window
        self.keys, self.key_of_place = np.unique(key, return_inverse=True)
        self.group_node = self.net.nodes(len(self.keys))
        self.from_group = self.net.arcs(
            self.group_node[self.key_of_place], self.place, self.places.room, np.zeros(len(self.place), np.int64)
        )

    def _into_groups(self) -> None:
        windows = len(self.places.windows) or 1
        group, window = self.keys // windows, self.keys % windows
        member = np.zeros(len(np.unique(self.group_of)), dtype=np.int64)
        member[self.group_of] = np.arange(len(self.group_of))
        fits = self.sorts.fit[:, window] & self.sorts.people[:, member[group]]
        named = self.sorts.without >= 0
        fits[named] &= self.group_of[self.sorts.without[named]][:, None] != group[None, :]
        self.sort_of_arc, self.key_of_arc = np.nonzero(fits)
        costs = self.window_cost(self.sort_of_arc, window[self.key_of_arc])
        room = np.bincount(self.key_of_place, weights=self.places.room, minlength=len(self.keys)).astype(np.int64)
        self.into_group = self.net.arcs(
            self.sort[self.sort_of_arc], self.group_node[self.key_of_arc], room[self.key_of_arc], costs
        )

    def _around_those_who_must_not(self) -> None:
        """A sort that one person must not do goes to each colleague of that person's group by itself."""
        sorts, targets = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        for number in np.flatnonzero(self.sorts.without >= 0):
            without = self.sorts.without[number]
            agents = self.sorts.able(int(number)) & (self.group_of == self.group_of[without])
            found = np.flatnonzero(agents[self.places.agent] & self.sorts.fit[number][self.places.window])
            sorts.append(np.full(len(found), number))
            targets.append(found)
        self.direct_sort, self.direct_place = np.concatenate(sorts), np.concatenate(targets)
        costs = self.window_cost(self.direct_sort, self.places.window[self.direct_place])
        self.direct = self.net.arcs(
            self.sort[self.direct_sort], self.place[self.direct_place], self.places.room[self.direct_place], costs
        )

    def window_cost(self, sorts: Ints, windows: Ints) -> Ints:
        """What it costs that visits of these sorts take these windows."""
        costs = self.ends.by_window[windows] if len(windows) else np.zeros(0, np.int64)
        return np.where(self.sorts.urgent[sorts], costs, 0) if self.ends.urgent_only else costs

    def _to_the_days(self) -> None:
        places = self.places
        own_day = self._agent_day[places.agent_day]
        _rising(self.net, self.place, own_day, places.room, places.done, self.ends.full_window)
        day = self._day[places.day_of_agent_day]
        _rising(self.net, self._agent_day, day, places.day_room, places.day_done, self.ends.full_agent)

    def _to_the_end(self, days: Days) -> None:
        for number, node in enumerate(self._day):
            share = int(days.share[number])
            step = max(1, -(-share // FINEST) if self.ends.fuller_day else share)
            rooms = np.full(-(-share // step), step, dtype=np.int64)
            if len(rooms):
                rooms[-1] = share - step * (len(rooms) - 1)
            levels = (np.arange(len(rooms)) * step + int(days.done[number])) // step
            self.net.arcs(node, self.end, rooms, levels * self.ends.fuller_day)
            dearest = (levels[-1] if len(levels) else 0) * self.ends.fuller_day
            self.net.arcs(node, self.end, int(days.more[number]), int(dearest) + self.ends.uneven)

    def spread(self, flow: Flow) -> tuple[Ints, Ints]:
        """The sorts and places of every visit that comes in by a sort, one row a visit."""
        into, out = self.into_group.of(flow.units), self.from_group.of(flow.units)
        by_key = np.argsort(self.key_of_arc, kind="stable")
        sorts = np.repeat(self.sort_of_arc[by_key], into[by_key])
        places_by_key = np.argsort(self.key_of_place, kind="stable")
        places = np.repeat(places_by_key, out[places_by_key])
        straight = self.direct.of(flow.units)
        return (
            np.concatenate([sorts, np.repeat(self.direct_sort, straight)]),
            np.concatenate([places, np.repeat(self.direct_place, straight)]),
        )


def _rising(net: Network, tails: Ints, heads: Ints, rooms: Ints, done: Ints, full: int) -> Arcs:
    """Arcs that hold ``rooms`` together, the later part the dearer: from nothing up to ``full`` for the last one."""
    if not full:
        return net.arcs(tails, heads, rooms, np.zeros(len(rooms), np.int64))
    parts = np.minimum(rooms, STEPS)
    of = np.repeat(np.arange(len(rooms)), parts)
    nth = np.arange(len(of)) - np.repeat(np.cumsum(parts) - parts, parts)
    room, part = rooms[of], parts[of]
    below, above = nth * room // np.maximum(part, 1), (nth + 1) * room // np.maximum(part, 1)
    whole = np.maximum(room + done[of], 1)
    return net.arcs(tails[of], heads[of], above - below, full * (below + above + 2 * done[of]) // (2 * whole))
