"""A lifecycle as one table: which verb leads from which states to which state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


@dataclass(frozen=True)
class Move:
    """One allowed move: ``verb`` leads from any of ``sources`` to ``target``; ``label`` is the button's text."""

    verb: str
    sources: frozenset[str]
    target: str
    label: str


class Lifecycle:
    """All allowed moves; buttons, API verbs and the drawn diagram come from here."""

    def __init__(self, moves: Sequence[Move]) -> None:
        self.moves = tuple(moves)
        self._by_verb: dict[str, tuple[Move, ...]] = {}
        for move in moves:
            self._by_verb[move.verb] = (*self._by_verb.get(move.verb, ()), move)

    def move(self, verb: str, state: str) -> Move:
        """The move for ``verb`` out of ``state``.

        Raises:
            Conflict: the verb is not allowed from this state.
        """
        for move in self._by_verb.get(verb, ()):
            if state in move.sources:
                return move
        raise Conflict(message(_("This step is not possible in the present state. Reload the page to see what is.")))

    def next(self, state: str) -> tuple[Move, ...]:
        """Every move that is allowed out of ``state``, in the table's order."""
        return tuple(move for move in self.moves if state in move.sources)
