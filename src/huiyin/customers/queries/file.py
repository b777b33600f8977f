"""A customer's file as it may be shown: names readable, personal data masked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, QuerySet, Subquery

from huiyin.customers.models import Address, Contact, Customer, InstalledProduct, Purchase
from huiyin.customers.rules.masking import mask_address, mask_email, mask_phone, mask_wechat
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
    rows = Customer.objects.visible_to(actor).select_related("home_store", "in_charge")
    customer = rows.filter(pk=customer_id).first()
    if customer is None:
        raise NotFound
    return customer


def went_into(customer_id: int) -> int | None:
    """Where a merged customer's file went."""
    return Customer.objects.filter(pk=customer_id).values_list("merged_into_id", flat=True).first()


def contacts_of(customer: Customer) -> list[ShownContact]:
    """The customer's contacts, the primary one first."""
    rows = Contact.objects.filter(customer=customer).order_by("-is_primary", "id")
    return [masked_contact(contact) for contact in rows]


def masked_contact(contact: Contact) -> ShownContact:
    """A contact as it may be shown."""
    return ShownContact(
        id=contact.pk,
        name=contact.name,
        position=contact.position,
        phone=mask_phone(contact.phone),
        email=mask_email(contact.email),
        wechat=mask_wechat(contact.wechat),
        is_primary=contact.is_primary,
    )


def addresses_of(customer: Customer) -> list[ShownAddress]:
    """The customer's places, the primary one first."""
    return [
        ShownAddress(
            id=place.pk,
            text=mask_address(place.province or place.country, place.city, place.district, place.line),
            postcode=place.postcode,
            is_primary=place.is_primary,
        )
        for place in Address.objects.filter(customer=customer).order_by("-is_primary", "id")
    ]


def devices_of(customer: Customer, today: date) -> list[ShownDevice]:
    """What stands at the customer, newest first."""
    rows = InstalledProduct.objects.filter(customer=customer).select_related("product").order_by("-bought_on", "-id")
    return [
        ShownDevice(
            id=device.pk,
            product=device.product.name,
            model=device.product.model,
            serial=device.serial,
            bought_on=device.bought_on,
            warranty_until=device.warranty_until,
            covered=device.warranty_until is not None and device.warranty_until >= today,
            state=device.state,
        )
        for device in rows
    ]


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


def for_list(rows: QuerySet[Customer]) -> QuerySet[Customer]:
    """Adds what a list row shows: primary phone and last purchase; computed for the page's rows only."""
    primary = Contact.objects.filter(customer=OuterRef("pk")).order_by("-is_primary", "id")
    last = Purchase.objects.filter(customer=OuterRef("pk")).order_by("-bought_at", "-id")
    return rows.select_related("home_store").annotate(
        list_phone=Subquery(primary.values("phone")[:1]), list_bought_at=Subquery(last.values("bought_at")[:1])
    )


def customers_seen_by(actor: Actor, *, tier: str = "", store_id: int | None = None) -> QuerySet[Customer]:
    """The customers somebody sees, as list rows, by tier and home store if given."""
    rows = Customer.objects.listed_to(actor)
    if tier:
        rows = rows.filter(tier=tier)
    return for_list(rows.filter(home_store_id=store_id) if store_id else rows)


def listed(customer: Customer) -> ListedCustomer:
    """A row of :func:`for_list` as it may be shown."""
    return ListedCustomer(
        id=customer.pk,
        number=customer.number,
        name=customer.name,
        tier=customer.tier,
        tier_label=customer.get_tier_display(),
        kind_label=customer.get_kind_display(),
        store=customer.home_store.name if customer.home_store else "",
        phone=mask_phone(getattr(customer, "list_phone", "") or ""),
        bought_at=getattr(customer, "list_bought_at", None),
        do_not_contact=customer.do_not_contact,
    )


def customers_by_keys(actor: Actor, keys: Sequence[int]) -> list[ListedCustomer]:
    """List rows of these customers, as far as the actor sees them, in the order of the keys."""
    place = {pk: index for index, pk in enumerate(keys)}
    rows = for_list(Customer.objects.visible_to(actor).filter(pk__in=keys))
    return sorted(map(listed, rows), key=lambda row: place[row.id])
