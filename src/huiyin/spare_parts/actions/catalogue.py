"""Changes the catalogue: parts and the places where they lie."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, models, transaction

from huiyin.customers.public import Product
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.spare_parts.models import Part, Place
from huiyin.spare_parts.rules.places import PLACE_LABELS, USUAL_UNIT

MISSING = _("A value is missing.")


@action("spare_parts.save_part", needs="spare_parts.catalogue")
def save_part(
    act: Act,
    part_id: int | None = None,
    *,
    number: str,
    name: str,
    name_en: str = "",
    unit: str = USUAL_UNIT,
    price: Decimal = Decimal(0),
    lead_days: int = 3,
    fits: Sequence[int] | None = None,
    in_use: bool = True,
) -> Part:
    """Enters a part into the catalogue, or changes it; ``fits`` are keys of products (None: as before).

    Raises:
        NotFound: no such part.
        Invalid: number or name missing, number taken, negative price.
    """
    wrong = _missing(number=number, name=name, unit=unit)
    if price < 0:
        wrong["price"] = message(_("A price cannot be negative."))
    if wrong:
        raise Invalid(message(_("The part was not saved. What you typed is kept.")), wrong)
    part = act.lock(Part.objects.all(), part_id) if part_id else Part()
    given = {"number": number.strip(), "name": name.strip(), "name_en": name_en.strip(), "unit": unit.strip()}
    _save(part, given | {"price": price, "lead_days": lead_days, "in_use": in_use}, "number")
    if fits is not None:
        part.fits.set(Product.objects.filter(pk__in=fits))
    act.record(part, number=part.number)
    return part


@action("spare_parts.save_place", needs="spare_parts.catalogue")
def save_place(
    act: Act,
    place_id: int | None = None,
    *,
    code: str,
    name: str,
    kind: str = "warehouse",
    store_id: int | None = None,
    holder_id: int | None = None,
    in_use: bool = True,
) -> Place:
    """Enters a place, or changes it; a van has a keeper.

    Raises:
        NotFound: no such place.
        Invalid: code or name missing, code taken, no such kind, or a van that nobody keeps.
    """
    wrong = _missing(code=code, name=name)
    if kind not in PLACE_LABELS:
        wrong["kind"] = message(_("Choose one of the listed values."))
    if kind == "van" and not holder_id:
        wrong["holder_id"] = message(_("A van belongs to an engineer."))
    if wrong:
        raise Invalid(message(_("The place was not saved. What you typed is kept.")), wrong)
    place = act.lock(Place.objects.all(), place_id) if place_id else Place()
    given = {"code": code.strip(), "name": name.strip(), "kind": kind, "store_id": store_id, "holder_id": holder_id}
    _save(place, given | {"in_use": in_use}, "code")
    act.record(place, code=place.code)
    return place


def _missing(**texts: str) -> dict[str, Message]:
    return {name: message(MISSING) for name, text in texts.items() if not text.strip()}


def _save(row: models.Model, values: dict[str, Any], unique: str) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        why = message(_("“%(value)s” is taken already."), value=values[unique])
        raise Invalid(why, {unique: why}) from None
