"""What is found broken or counted otherwise is booked with its reason."""

from __future__ import annotations

from decimal import Decimal

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.spare_parts.actions.choosing import kept_place, part_named
from huiyin.spare_parts.actions.posting import Books
from huiyin.spare_parts.models import Movement, Stock
from huiyin.spare_parts.rules.ledger import MOST, STEP, Kind, quantity_of


@action("spare_parts.scrap", needs="spare_parts.move")
def scrap_parts(act: Act, *, place_id: int, part_id: int, quantity: Decimal, reason: str) -> Movement:
    """Takes free parts out that nobody can use any more.

    Raises:
        NotFound: the place is kept by somebody else.
        Invalid: no such part, no quantity, or no reason.
        Conflict: less is free.
    """
    place, part, why = kept_place(act, place_id), part_named(part_id), _reason(reason)
    books = Books(act, [(place.pk, part.pk)])
    made = books.enter(Kind.SCRAP, (place.pk, part.pk), quantity_of(quantity), why=why)
    books.close()
    act.record(made, reason=why, part=part.pk, quantity=str(made.quantity))
    return made


@action("spare_parts.count", needs="spare_parts.keep")
def count_parts(act: Act, *, place_id: int, part_id: int, counted: Decimal, reason: str) -> Movement | None:
    """Books the difference to what was counted at a place; None when the books were right.

    What is reserved lies there too and is counted; what is out with somebody is not.

    Raises:
        NotFound: the place is kept by somebody else.
        Invalid: no such part, no possible count, or no reason.
        Conflict: less was counted than is reserved; release some first.
    """
    place, part, why = kept_place(act, place_id), part_named(part_id), _reason(reason)
    found = Decimal(str(counted))
    if not found.is_finite() or not 0 <= found <= MOST or found != found.quantize(STEP):
        wrong = message(_("Give what was counted: zero or more, with at most three decimals."))
        raise Invalid(wrong, {"counted": wrong})
    key = (place.pk, part.pk)
    books = Books(act, [key])
    difference = found - books.stock(key).on_hand
    if difference == 0:
        return None
    kind = Kind.COUNT_UP if difference > 0 else Kind.COUNT_DOWN
    made = books.enter(kind, key, abs(difference), why=why)
    books.close()
    act.record(made, reason=why, part=part.pk, counted=str(found), difference=str(difference))
    return made


@action("spare_parts.set_least", needs="spare_parts.keep")
def set_least(act: Act, *, place_id: int, part_id: int, least: Decimal) -> Stock:
    """Says below which free quantity the keepers are told.

    Raises:
        NotFound: the place is kept by somebody else.
        Invalid: no such part, or no possible quantity.
    """
    place, part = kept_place(act, place_id), part_named(part_id)
    amount = Decimal(0) if Decimal(str(least)) == 0 else quantity_of(least)
    stock = Books(act, [(place.pk, part.pk)]).stock((place.pk, part.pk))
    stock.least = amount
    stock.save(update_fields=["least"])
    act.record(part, place=place.pk, least=str(amount))
    return stock


def _reason(text: str) -> str:
    if not text.strip():
        raise Invalid(message(_("This needs a reason.")), {"reason": message(_("A value is missing."))})
    return text.strip()
