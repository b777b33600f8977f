"""Cheapest flows through a network, with a proof: prices of the nodes bound every other flow from below.

The flow comes from OR-Tools' cost-scaling solver; the proof is reckoned here from the flow alone, so that the gap does
not rest on trusting the solver.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

Ints = npt.NDArray[np.int64]
Numbers = Ints | int
ROUNDS = 3000


@dataclass(frozen=True)
class Arcs:
    """A block of arcs of a network, by their numbers."""

    first: int
    count: int

    def of(self, values: Ints) -> Ints:
        """The block's part of a value for every arc."""
        return values[self.first : self.first + self.count]


class Network:
    """Nodes and arcs that are collected in blocks and solved together."""

    def __init__(self) -> None:
        self.size = 0
        self._blocks: list[tuple[Ints, Ints, Ints, Ints]] = []
        self._count = 0
        self._supplies: list[tuple[int, int]] = []

    def node(self) -> int:
        """A new node."""
        return int(self.nodes(1)[0])

    def nodes(self, count: int) -> Ints:
        """New nodes, numbered one after the other."""
        self.size += count
        return np.arange(self.size - count, self.size, dtype=np.int64)

    def arcs(self, tails: Numbers, heads: Numbers, rooms: Numbers, costs: Numbers) -> Arcs:
        """New arcs; single numbers hold for the whole block."""
        parts = np.broadcast_arrays(
            *(np.asarray(each, dtype=np.int64).reshape(-1) for each in (tails, heads, rooms, costs))
        )
        block = (parts[0], parts[1], parts[2], parts[3])
        self._blocks.append(block)
        made = Arcs(self._count, len(parts[0]))
        self._count += made.count
        return made

    def supply(self, node: int, units: int) -> None:
        """Lets ``units`` flow in at a node (or out, below zero)."""
        self._supplies.append((node, units))

    def solve(self) -> Flow:
        """The cheapest flow that moves every unit.

        Raises:
            ArithmeticError: there is none; networks of this room always leave a dear way out.
        """
        columns = [np.concatenate(column) for column in zip(*self._blocks, strict=True)]
        tails, heads, rooms, costs = columns
        solver = SimpleMinCostFlow()
        arcs = solver.add_arcs_with_capacity_and_unit_cost(tails, heads, rooms, costs)
        supplies = np.zeros(self.size, dtype=np.int64)
        for node, units in self._supplies:
            supplies[node] += units
        solver.set_nodes_supplies(np.arange(self.size), supplies)
        status = solver.solve()
        if status != solver.OPTIMAL:
            raise ArithmeticError(status.name)
        return Flow(tails, heads, rooms, costs, supplies, np.asarray(solver.flows(arcs), dtype=np.int64))


@dataclass(frozen=True)
class Flow:
    """What flows through every arc of a network."""

    tails: Ints
    heads: Ints
    rooms: Ints
    costs: Ints
    supplies: Ints
    units: Ints

    @property
    def cost(self) -> int:
        """What the flow costs."""
        return int(np.dot(self.units, self.costs))

    def prices(self) -> Ints:
        """A price for every node: what one more unit there costs, as far as the flow can still be turned.

        Shortest ways through what is left of the network (Bellman and Ford, all arcs at once). Where they are found,
        no arc could make the flow cheaper; should the rounds run out, the prices still give a bound, only a weaker one.
        """
        free, used = self.units < self.rooms, self.units > 0
        tails = np.concatenate([self.tails[free], self.heads[used]])
        heads = np.concatenate([self.heads[free], self.tails[used]])
        costs = np.concatenate([self.costs[free], -self.costs[used]])
        order = np.argsort(heads, kind="stable")
        tails, heads, costs = tails[order], heads[order], costs[order]
        ends, starts = np.unique(heads, return_index=True)
        prices = np.zeros(len(self.supplies), dtype=np.int64)
        for _ in range(ROUNDS if len(ends) else 0):
            lower = np.minimum(prices[ends], np.minimum.reduceat(prices[tails] + costs, starts))
            if np.array_equal(lower, prices[ends]):
                break
            prices[ends] = lower
        return prices

    def bound(self, prices: Ints) -> int:
        """What any flow through this network costs at least; at the right prices it is what this one costs."""
        gains = np.minimum(0, self.costs + prices[self.tails] - prices[self.heads])
        return int(np.dot(gains, self.rooms) - np.dot(prices, self.supplies))
