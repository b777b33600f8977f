"""Parts go from one place to another."""

from __future__ import annotations

from decimal import Decimal

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.spare_parts.actions.choosing import kept_place, part_named, place_named
from huiyin.spare_parts.actions.posting import Books
from huiyin.spare_parts.models import Movement
from huiyin.spare_parts.rules.ledger import Kind, quantity_of


@action("spare_parts.transfer", needs="spare_parts.move")
def transfer_parts(
    act: Act, *, place_id: int, to_place_id: int, part_id: int, quantity: Decimal, reason: str = ""
) -> Movement:
    """Moves free parts from a place the actor keeps to another one.

    Raises:
        NotFound: the place they come from is kept by somebody else.
        Invalid: no such part or place, no quantity, or both places are the same.
        Conflict: less is free.
    """
    place, to, part = kept_place(act, place_id), place_named(to_place_id, name="to_place_id"), part_named(part_id)
    if place.pk == to.pk:
        why = message(_("The parts are there already. Choose another place."))
        raise Invalid(why, {"to_place_id": why})
    here, there = (place.pk, part.pk), (to.pk, part.pk)
    books = Books(act, [here, there])
    made = books.enter(Kind.TRANSFER, here, quantity_of(quantity), to=there, why=reason.strip())
    books.close()
    act.record(made, part=part.pk, quantity=str(made.quantity))
    return made
