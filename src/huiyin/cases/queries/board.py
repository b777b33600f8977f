"""The board: a few first cards of every state, and how many more there are, up to a limit."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.cases.models import Case
from huiyin.cases.queries.queue import QUEUE
from huiyin.cases.rules.states import LIVE, STATE_LABELS, State
from huiyin.kernel.actor import Actor

CARDS = 15
COUNTED_TO = 200


@dataclass(frozen=True)
class Column:
    """One state: its first cards by urgency, and the count, which stops at ``COUNTED_TO``."""

    state: str
    label: str
    cards: list[Case]
    count: int
    more: bool


def board(actor: Actor, *, mine: bool) -> list[Column]:
    """The columns of all states in which a case is not ended."""
    return [_column(actor, state, mine=mine) for state in State if state in LIVE]


def _column(actor: Actor, state: State, *, mine: bool) -> Column:
    rows = Case.objects.visible_to(actor).filter(state=state)
    if mine:
        rows = rows.filter(owner_id=actor.id)
    cards = list(rows.select_related("owner", "customer").order_by(*QUEUE)[:CARDS])
    count = len(cards) if len(cards) < CARDS else rows.order_by()[: COUNTED_TO + 1].count()
    return Column(state, STATE_LABELS[state], cards, min(count, COUNTED_TO), count > COUNTED_TO)
