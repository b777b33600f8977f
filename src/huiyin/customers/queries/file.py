"""A customer's file as it may be shown: names readable, personal data masked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from huiyin.customers.models import Address, Contact, Customer, CustomerKind, InstalledProduct, Purchase, Tier
from huiyin.customers.rules.masking import mask_address, mask_email, mask_phone, mask_wechat
from huiyin.foundation.prepared import Given, prepared
from huiyin.kernel.actor import Actor
from huiyin.kernel.refusal import NotFound


@dataclass(frozen=True)
class ShownContact:
    """A contact, masked."""

    id: int
    name: str
    position: str
    phone: str
    email: str
    wechat: str
    is_primary: bool


@dataclass(frozen=True)
class ShownAddress:
    """A place, masked."""

    id: int
    text: str
    postcode: str
    is_primary: bool


@dataclass(frozen=True)
class ShownDevice:
    """A device at the customer; ``covered`` tells whether it is under warranty today."""

    id: int
    product: str
    model: str
    serial: str
    bought_on: date | None
    warranty_until: date | None
    covered: bool
    state: str


def customer_seen_by(actor: Actor, customer_id: int) -> Customer:
    """The customer, if the actor sees it.

    Raises:
        NotFound: there is none, or it is outside the actor's area.
    """
    for customer in _seen(actor, customer_id):
        return customer
    raise NotFound


@prepared
def _seen(actor: Actor, customer_id: Given) -> QuerySet[Customer]:
    return Customer.objects.visible_to(actor).select_related("home_store", "in_charge").filter(pk=customer_id)


def went_into(customer_id: int) -> int | None:
    """Where a merged customer's file went."""
    return Customer.objects.filter(pk=customer_id).values_list("merged_into_id", flat=True).first()


def contacts_of(customer_id: int) -> list[ShownContact]:
    """The customer's contacts, the primary one first."""
    return [
        ShownContact(pk, name, position, mask_phone(phone), mask_email(email), mask_wechat(wechat), is_primary)
        for pk, name, position, phone, email, wechat, is_primary in _contacts(customer_id)
    ]


@prepared
def _contacts(customer: Given) -> QuerySet[Contact, tuple[Any, ...]]:
    rows = Contact.objects.filter(customer_id=customer).order_by("-is_primary", "id")
    return rows.values_list("pk", "name", "position", "phone", "email", "wechat", "is_primary")


def addresses_of(customer_id: int) -> list[ShownAddress]:
    """The customer's places, the primary one first."""
    return [
        ShownAddress(pk, mask_address(province or country, city, district, line), postcode, is_primary)
        for pk, country, province, city, district, line, postcode, is_primary in _addresses(customer_id)
    ]


@prepared
def _addresses(customer: Given) -> QuerySet[Address, tuple[Any, ...]]:
    rows = Address.objects.filter(customer_id=customer).order_by("-is_primary", "id")
    return rows.values_list("pk", "country", "province", "city", "district", "line", "postcode", "is_primary")


def devices_of(customer_id: int, today: date) -> list[ShownDevice]:
    """What stands at the customer, newest first."""
    return [
        ShownDevice(pk, product, model, serial, bought, until, until is not None and until >= today, state)
        for pk, product, model, serial, bought, until, state in _devices(customer_id)
    ]


@prepared
def _devices(customer: Given) -> QuerySet[InstalledProduct, tuple[Any, ...]]:
    rows = InstalledProduct.objects.filter(customer_id=customer).order_by("-bought_on", "-id")
    return rows.values_list("pk", "product__name", "product__model", "serial", "bought_on", "warranty_until", "state")


@dataclass(frozen=True)
class ListedCustomer:
    """A customer as a row of a list."""

    id: int
    number: str
    name: str
    tier: str
    tier_label: str
    kind_label: str
    store: str
    phone: str
    bought_at: datetime | None
    do_not_contact: bool


_TIERS, _KINDS = dict(Tier.choices), dict(CustomerKind.choices)
_LISTED = ("id", "number", "name", "tier", "kind", "sort_key", "do_not_contact", "home_store__name")


def for_list(rows: QuerySet[Customer]) -> QuerySet[Customer, Any]:
    """The columns of a list row, with primary phone and last purchase; computed for the page's rows only."""
    primary = Contact.objects.filter(customer=OuterRef("pk")).order_by("-is_primary", "id")
    last = Purchase.objects.filter(customer=OuterRef("pk")).order_by("-bought_at", "-id")
    extra = {"phone": Subquery(primary.values("phone")[:1]), "bought_at": Subquery(last.values("bought_at")[:1])}
    return rows.annotate(**extra).values_list(*_LISTED, *extra, named=True)


def customers_seen_by(actor: Actor, *, tier: str = "", store_id: int | None = None) -> QuerySet[Customer, Any]:
    """The customers somebody sees, as list rows, by tier and home store if given."""
    rows = Customer.objects.listed_to(actor)
    if tier:
        rows = rows.filter(tier=tier)
    return for_list(rows.filter(home_store_id=store_id) if store_id else rows)


def listed(row: Any) -> ListedCustomer:
    """A row of :func:`for_list` as it may be shown."""
    return ListedCustomer(
        id=row.id,
        number=row.number,
        name=row.name,
        tier=row.tier,
        tier_label=str(_TIERS[row.tier]),
        kind_label=str(_KINDS[row.kind]),
        store=row.home_store__name or "",
        phone=mask_phone(row.phone or ""),
        bought_at=row.bought_at,
        do_not_contact=row.do_not_contact,
    )


def customers_by_keys(actor: Actor, keys: Sequence[int]) -> list[ListedCustomer]:
    """List rows of these customers, as far as the actor sees them, in the order of the keys."""
    place = {pk: index for index, pk in enumerate(keys)}
    rows = for_list(Customer.objects.visible_to(actor).filter(pk__in=keys))
    return sorted(map(listed, rows), key=lambda row: place[row.id])
