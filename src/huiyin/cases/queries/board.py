"""The board: a few first cards of every state, and how many more there are, up to a limit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, TypedDict, cast

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import NullIf

from huiyin.cases.models import Case
from huiyin.cases.models.case import NO_CLOCK
from huiyin.cases.rules.states import LIVE, STATE_LABELS, State
from huiyin.cases.rules.views import QUEUE
from huiyin.foundation.prepared import SHAPES, Given, Statement, compiled, outline, prepared
from huiyin.kernel.actor import Actor

CARDS = 10
COUNTED_TO = 99
STATES = tuple(state.value for state in State if state in LIVE)
_COLUMNS = """
    SELECT stage.state, near.found, near.id
      FROM unnest(ARRAY[{states}]) AS stage(state) CROSS JOIN LATERAL (
        SELECT id, row_number() OVER (ORDER BY level_rank, due_at, id) AS place, count(*) OVER () AS found
          FROM ({near}) AS capped
      ) AS near
     WHERE near.place <= {cards}
     ORDER BY stage.state, near.place
"""


class Card(TypedDict):
    """A case on the board (a mapping: templates read those fastest); ``due`` is empty when no clock runs."""

    id: int
    number: str
    title: str
    level: str
    warn_at: datetime | None
    customer_name: str | None
    owner_name: str | None
    due: datetime | None


@dataclass(frozen=True)
class Column:
    """One state: its first cards by urgency, and the count, which stops at ``COUNTED_TO``."""

    state: str
    label: str
    cards: list[Card]
    count: int
    more: bool


def board(actor: Actor, *, mine: bool) -> list[Column]:
    """The columns of all states in which a case is not ended (two statements)."""
    found = _found(actor, mine=mine)
    cards = _cards([pk for _count, keys in found.values() for pk in keys])
    columns = []
    for state in STATES:
        count, keys = found.get(state, (0, []))
        shown = [cards[pk] for pk in keys if pk in cards]
        columns.append(Column(state, STATE_LABELS[state], shown, min(count, COUNTED_TO), count > COUNTED_TO))
    return columns


def _found(actor: Actor, *, mine: bool) -> dict[str, tuple[int, list[int]]]:
    """By state: how many cases there are, counted to one beyond the limit, and the keys of the first ones."""
    found: dict[str, tuple[int, list[int]]] = {}
    try:
        statement = _first_of_each(outline(actor), mine, COUNTED_TO, CARDS)
    except EmptyResultSet:
        return found
    for state, count, pk in statement.ask([actor.id]):
        found.setdefault(state, (count, []))[1].append(pk)
    return found


@lru_cache(SHAPES)
def _first_of_each(looks: Actor, mine: bool, counted_to: int, cards: int) -> Statement:
    """Each state is read along the index of live cases by state, no further than the limit."""
    rows = Case.objects.visible_to(looks).live().filter(state=RawSQL("stage.state", ()))
    if mine:
        rows = rows.filter(owner_id=looks.id)
    near = compiled(rows.order_by(*QUEUE).values_list(*QUEUE)[: counted_to + 1])
    states = ", ".join(f"'{state}'" for state in STATES)
    return Statement(_COLUMNS.format(states=states, near=near.sql, cards=cards), near.params)


def _cards(keys: list[int]) -> dict[int, Card]:
    if not keys:
        return {}
    names = Card.__annotations__
    return {row[0]: cast("Card", dict(zip(names, row, strict=True))) for row in _shown(keys)}


@prepared
def _shown(keys: Given) -> QuerySet[Case, tuple[Any, ...]]:
    """What the cards show, in the order of :class:`Card`."""
    return Case.objects.filter(pk__any_of=keys).values_list(
        *("id", "number", "title", "level", "warn_at", "customer__name", "owner__name"),
        NullIf("due_at", Value(NO_CLOCK)),
    )
