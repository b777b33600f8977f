"""Stock and the ledger as people see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, Exists, F, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from huiyin.customers.public import Product
from huiyin.kernel.actor import Actor
from huiyin.kernel.refusal import NotFound
from huiyin.organisation.public import Store
from huiyin.spare_parts.models import Movement, Part, Place, Stock, in_sight, told, visible_needs

ORDER = ("number", "id")
_ZERO = Value(Decimal(0), DecimalField(max_digits=12, decimal_places=3))


@dataclass(frozen=True)
class Held:
    """What there is of a part over the places looked at."""

    free: Decimal
    reserved: Decimal
    issued: Decimal
    low: bool


def parts_listed(filters: Mapping[str, str]) -> QuerySet[Part]:
    """Parts of the catalogue; ``filters``: tab (all, low, gone), text, place."""
    rows = Part.objects.all()
    stock = Stock.objects.filter(part=OuterRef("pk"))
    if filters.get("place", "").isdecimal():
        stock = stock.filter(place=int(filters["place"]))
        rows = rows.filter(Exists(stock))
    if filters.get("tab") == "low":
        rows = rows.filter(Exists(stock.filter(free__lt=F("least"))))
    rows = rows.filter(in_use=filters.get("tab") != "gone")
    if text := filters.get("text", "").strip():
        rows = rows.filter(Q(number__icontains=text) | Q(name__icontains=text) | Q(name_en__icontains=text))
    return rows


def held(parts: list[int], place: str = "") -> dict[int, Held]:
    """What there is of each part, over all places or at one, in one query."""
    rows = Stock.objects.filter(part__in=parts)
    if place.isdecimal():
        rows = rows.filter(place=int(place))
    names = ("free", "reserved", "issued")
    totals = {f"sum_{name}": Coalesce(Sum(name), _ZERO) for name in names}
    sums: Any = rows.values("part").order_by("part").annotate(**totals).values_list("part", *totals)
    low = set(rows.filter(free__lt=F("least")).values_list("part", flat=True))
    found = {part: Held(free, reserved, issued, part in low) for part, free, reserved, issued in sums}
    nothing = Held(Decimal(0), Decimal(0), Decimal(0), False)
    return {pk: found.get(pk, nothing) for pk in parts}


def part_seen(part_id: int) -> Part:
    """One part.

    Raises:
        NotFound: there is none.
    """
    part = Part.objects.filter(pk=part_id).first()
    if part is None:
        raise NotFound
    return part


def stock_of(part: Part) -> list[Stock]:
    """Where a part lies, place by place."""
    return list(Stock.objects.filter(part=part).select_related("place").order_by("-place__kind", "place__code"))


def movements_of(actor: Actor, part: Part | None = None) -> QuerySet[Movement]:
    """The ledger, of one part or of all.

    Every line stands; ``seen`` on it says whether the actor sees the need behind it, ``opens`` whether also what that
    is for.
    """
    rows = Movement.objects.select_related("source_place", "target_place", "need", "by", "part")
    beside = {"seen": told(visible_needs(actor, "need__")), "opens": told(in_sight(actor, "need__", opens=True))}
    rows = rows.annotate(**beside)
    return rows.filter(part=part) if part else rows


def products_of(part: Part) -> list[Product]:
    """The products a part fits."""
    return list(part.fits.order_by("model", "version"))


def product_choices() -> list[tuple[int, str]]:
    """Products for a choice."""
    return [(product.pk, f"{product.name} {product.model}") for product in Product.objects.order_by("model", "version")]


def places_kept(actor: Actor) -> list[tuple[int, str]]:
    """The places whose stock this person may change."""
    return list(Place.objects.kept_by(actor).filter(in_use=True).values_list("pk", "name"))


def places_all() -> list[Place]:
    """Every place."""
    return list(Place.objects.select_related("store", "holder"))


def place_seen(place_id: int) -> Place:
    """One place.

    Raises:
        NotFound: there is none.
    """
    place = Place.objects.filter(pk=place_id).first()
    if place is None:
        raise NotFound
    return place


def stores_of_company() -> list[tuple[int, str]]:
    """Open stores for a choice."""
    return list(Store.objects.filter(is_open=True).order_by("code").values_list("pk", "name"))
