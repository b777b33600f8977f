"""Making room on the board: the shortest chain of visits that step aside so that one more fits.

A shortest augmenting path through the nested places (window in agent's day in company's day): when it finds no chain,
there is no arrangement of the same visits and the new one, so nobody is turned away while room could be made.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Protocol

from huiyin.visits.rules.planning.facts import Agent, Candidate
from huiyin.visits.rules.windows import OpenWindow


class Level(IntEnum):
    """What a visit takes room of, from the smallest up. Owed visits do not count against the company's day."""

    WINDOW = 0
    AGENT = 1
    DAY = 2


@dataclass(frozen=True)
class Place:
    """One agent's call window."""

    number: int
    window: OpenWindow
    agent: Agent


class Places(Protocol):
    """What the search needs to know of a board."""

    places: list[Place]
    on: list[dict[int, Candidate]]

    def room(self, level: Level, place: Place) -> int:
        """How many more visits this level above ``place`` can take."""

    def fitting(self, candidate: Candidate) -> Iterable[Place]:
        """The places that fit a candidate."""


Node = tuple[Level, object]
Chain = list[tuple[Candidate, Place]]


def find_chain(board: Places, newcomer: Candidate) -> Chain:
    """Who moves where, the newcomer included, so that all fit; empty when there is no way."""
    search = _Search(board, newcomer)
    return search.run()


class _Search:
    def __init__(self, board: Places, newcomer: Candidate) -> None:
        self.board = board
        self.newcomer = newcomer
        self.top = Level.AGENT if newcomer.obligatory else Level.DAY
        self.came: dict[Node, tuple[Node | None, Candidate | None]] = {}
        self.queue: deque[Node] = deque()
        self.moved: set[object] = set()
        self.below: dict[Node, list[Place]] = {}
        for place in board.places:
            self.below.setdefault((Level.AGENT, _key(Level.AGENT, place)), []).append(place)
            self.below.setdefault((Level.DAY, place.window.day), []).append(place)

    def run(self) -> Chain:
        """Breadth first from the newcomer to any level that has room at the top."""
        self._want(self.newcomer, None)
        while self.queue:
            node = self.queue.popleft()
            place = self._place(node)
            if self.board.room(node[0], place) > 0:
                if node[0] is self.top:
                    return self._chain(node)
                level = Level(node[0] + 1)
                self._reach((level, _key(level, place)), node, None)
            self._step_aside(node, place)
        return []

    def _place(self, node: Node) -> Place:
        return self.board.places[node[1]] if isinstance(node[1], int) else self.below[node][0]

    def _reach(self, node: Node, source: Node | None, mover: Candidate | None) -> None:
        if node not in self.came:
            self.came[node] = (source, mover)
            self.queue.append(node)

    def _want(self, mover: Candidate, source: Node | None) -> None:
        for place in self.board.fitting(mover):
            self._reach((Level.WINDOW, place.number), source, mover)

    def _step_aside(self, node: Node, place: Place) -> None:
        if node[0] is Level.WINDOW:
            for occupant in self._movable(place):
                self._want(occupant, node)
            return
        for child in self._children(node):
            self._reach(child, node, None)

    def _movable(self, place: Place) -> Iterator[Candidate]:
        """One occupant of each sort: those of the newcomer's kind, each set of fitting places once."""
        for occupant in self.board.on[place.number].values():
            sort = (place.number, id(self.board.fitting(occupant)))
            if occupant.obligatory == self.newcomer.obligatory and sort not in self.moved:
                self.moved.add(sort)
                yield occupant

    def _children(self, node: Node) -> Iterator[Node]:
        level = Level(node[0] - 1)
        for place in self.below[node]:
            if any(each.obligatory == self.newcomer.obligatory for each in self.board.on[place.number].values()):
                yield (level, _key(level, place))

    def _chain(self, node: Node) -> Chain:
        chain: Chain = []
        step: Node | None = node
        while step is not None:
            source, mover = self.came[step]
            if mover is not None:
                chain.append((mover, self._place(step)))
            step = source
        return chain


def _key(level: Level, place: Place) -> int | date | tuple[int, date]:
    if level is Level.WINDOW:
        return place.number
    return (place.agent.id, place.window.day) if level is Level.AGENT else place.window.day
