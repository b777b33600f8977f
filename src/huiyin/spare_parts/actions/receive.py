"""Parts come in from the supplier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from huiyin.foundation.actions import Act, action
from huiyin.spare_parts.actions.choosing import kept_place, part_named
from huiyin.spare_parts.actions.posting import Books
from huiyin.spare_parts.models import Movement
from huiyin.spare_parts.rules.ledger import Kind, quantity_of


@dataclass(frozen=True)
class Arrival:
    """So much of a part that came to a place."""

    place_id: int
    part_id: int
    quantity: Decimal


@action("spare_parts.receive", needs="spare_parts.keep")
def receive_parts(act: Act, *, place_id: int, part_id: int, quantity: Decimal, reason: str = "") -> Movement:
    """Books parts in; whoever waits for them gets them first, in the order in which they asked.

    Raises:
        NotFound: the place is kept by somebody else.
        Invalid: no such part, or no quantity.
    """
    place, part, amount = kept_place(act, place_id), part_named(part_id), quantity_of(quantity)
    return receive_all(act, [Arrival(place.pk, part.pk, amount)], reason)[0]


def receive_all(act: Act, arrivals: Sequence[Arrival], reason: str) -> list[Movement]:
    """Books several arrivals of the caller's action in."""
    books = Books(act, [(each.place_id, each.part_id) for each in arrivals])
    made = [
        books.enter(Kind.RECEIVE, (each.place_id, each.part_id), each.quantity, why=reason.strip()) for each in arrivals
    ]
    books.close()
    act.record_each([(move, {"part": move.part_id, "quantity": str(move.quantity)}) for move in made])
    return made
