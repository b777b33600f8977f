"""Reserves parts for something; what is not there is owed and comes as soon as it is received."""

from __future__ import annotations

from decimal import Decimal

from huiyin.foundation.actions import Act, action
from huiyin.foundation.inserting import insert
from huiyin.spare_parts.actions.choosing import part_named, place_named
from huiyin.spare_parts.actions.posting import Books
from huiyin.spare_parts.models import Need
from huiyin.spare_parts.rules.ledger import Kind, quantity_of


@action("spare_parts.reserve", needs="spare_parts.reserve")
def reserve_parts(
    act: Act,
    *,
    about: tuple[str, int],
    title: str,
    part_id: int,
    place_id: int,
    quantity: Decimal,
    page: str = "",
    number: str = "",
) -> Need:
    """Reserves ``quantity`` of a part at a place for ``about`` (label, key); the rest is missing and owed.

    ``title`` and ``page`` say what the subject is called and where it is shown; ``number`` is what keepers read who do
    not see the subject. Whoever locks the subject itself does so after this.

    Raises:
        Invalid: no such part or place, or no quantity.
    """
    part, place, amount = part_named(part_id), place_named(place_id), quantity_of(quantity)
    key = (place.pk, part.pk)
    books = Books(act, [key])
    need = insert(
        Need(
            subject=about[0],
            subject_id=about[1],
            page=page,
            title=title[:200],
            number=number,
            part=part,
            place=place,
            wanted=amount,
            missing=amount,
            asked_at=act.now,
            asked_by_id=act.actor.staff_id,
        )
    )
    if share := min(amount, books.stock(key).free):
        books.enter(Kind.RESERVE, key, share, need=need)
    act.record(need, part=part.pk, place=place.pk, wanted=str(amount), missing=str(need.missing))
    if need.missing:
        books.owe(need)
    books.close()
    return need
