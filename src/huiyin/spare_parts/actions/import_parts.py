"""Writes a batch of a file into catalogue and ledger; the same file again changes nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from huiyin.imports.public import Batch, Record
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.spare_parts.actions.posting import Books, Key
from huiyin.spare_parts.models import Part, Place, Stock
from huiyin.spare_parts.rules.ledger import MOST, STEP, Kind

OWN = ("name", "name_en", "unit", "price", "lead_days")
COUNTED = _("Counted in a file")
MOST_PRICE = Decimal(10**8)
MOST_DAYS = 365


@dataclass(frozen=True)
class Counted:
    """What a row says about a part at a place; None where it says nothing."""

    part: Part
    place: Place
    there: Decimal | None
    least: Decimal | None


@dataclass
class _Rows:
    """The rows of a batch against what is there."""

    batch: Batch
    parts: dict[str, Part]
    places: dict[str, Place]
    counts: dict[Key, Counted] = field(default_factory=dict)


def write_parts(batch: Batch) -> None:
    """A part is known by its number, a place by its code; only places of one's own area take a quantity."""
    numbers = [record.first["number"] for record in batch.records]
    known = batch.memory.setdefault("parts", {}) | {
        part.number: part for part in Part.objects.filter(number__in=numbers)
    }
    places = {place.code: place for place in Place.objects.kept_by(batch.act.actor).filter(in_use=True)}
    rows = _Rows(batch, known, places)
    for record in batch.records:
        _take(rows, record)
    if batch.trial:
        batch.memory["parts"] = rows.parts
    else:
        _book(rows)


def _take(rows: _Rows, record: Record) -> None:
    values, batch = record.first, rows.batch
    why = _wrong(rows, values)
    if why is not None:
        batch.refuse(record, why[1], field=why[0])
        return
    part = rows.parts.get(values["number"])
    new, changed = part is None, False
    part = part or Part(number=values["number"])
    for name in OWN:
        if values.get(name) is not None and getattr(part, name) != values[name]:
            setattr(part, name, values[name])
            changed = True
    rows.parts[part.number] = part
    if not batch.trial and (new or changed):
        part.save()
        batch.act.record(part, number=part.number)
    counted = _counted(rows, part, values)
    batch.new += new
    batch.changed += not new and (changed or counted)
    batch.same += not (new or changed or counted)


def _wrong(rows: _Rows, values: dict[str, Any]) -> tuple[str, Message] | None:
    """The first thing that cannot be kept: its field and why."""
    place = values.get("place")
    if place is not None and place not in rows.places:
        return "place", message(_("There is no place “%(code)s” of your area."), code=place)
    if place is None and values.get("quantity") is not None:
        return "place", message(_("A quantity needs the code of its place."))
    price, days = values.get("price"), values.get("lead_days")
    if price is not None and not 0 <= price < MOST_PRICE:
        return "price", message(_("A price cannot be negative."))
    if days is not None and not 1 <= days <= MOST_DAYS:
        return "lead_days", message(_("Give one day or more."))
    for name in ("quantity", "least"):
        amount = values.get(name)
        if amount is not None and not (0 <= amount <= MOST and amount == amount.quantize(STEP)):
            return name, message(_("Give what was counted: zero or more, with at most three decimals."))
    return None


def _counted(rows: _Rows, part: Part, values: dict[str, Any]) -> bool:
    """Notes what a row counts; whether it differs from what is booked."""
    place = rows.places.get(values.get("place", ""))
    if place is None:
        return False
    row = Counted(part, place, values.get("quantity"), values.get("least"))
    there = Stock.objects.filter(place=place, part=part).first() if part.pk else None
    on_hand, least = (there.on_hand, there.least) if there else (Decimal(0), Decimal(0))
    if part.pk:
        rows.counts[place.pk, part.pk] = row
    return (row.there is not None and row.there != on_hand) or (row.least is not None and row.least != least)


def _book(rows: _Rows) -> None:
    """The differences go into the ledger, all stock locked in one order first."""
    books = Books(rows.batch.act, rows.counts)
    for key, row in rows.counts.items():
        stock = books.stock(key)
        if row.least is not None and row.least != stock.least:
            stock.least = row.least
            stock.save(update_fields=["least"])
        difference = stock.on_hand - row.there if row.there is not None else Decimal(0)
        if difference:
            kind = Kind.COUNT_DOWN if difference > 0 else Kind.COUNT_UP
            books.enter(kind, key, abs(difference), why=COUNTED)
    books.close()
