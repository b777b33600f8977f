"""A customer's personal data for a paper that leaves the house: masked, and in full for who may take it out (PRV-1)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from huiyin.customers.models import Address, Contact, Customer
from huiyin.customers.models.customer import CustomerKind
from huiyin.customers.rules.addresses import full_address
from huiyin.customers.rules.hiding import Hiding
from huiyin.customers.rules.masking import mask_address, mask_email, mask_name, mask_phone, mask_wechat
from huiyin.customers.rules.phones import spoken_phone


@dataclass(frozen=True)
class Personal:
    """Name, the primary contact and the primary address. ``full`` tells whether they are unmasked.

    ``hiding`` masks the same numbers where people wrote them into texts; in full it leaves texts alone.
    """

    name: str
    contact: str
    position: str
    phone: str
    email: str
    wechat: str
    address: str
    full: bool
    hiding: Hiding


def masked_personal(customer: Customer) -> Personal:
    """What anybody who sees the customer may take out; a company's name is no secret."""
    contact, place = _primary(customer)
    is_company = customer.kind == CustomerKind.COMPANY
    address = mask_address(place.province or place.country, place.city, place.district, place.line) if place else ""
    known = Contact.objects.filter(customer=customer).values_list("phone", "email", "wechat")
    return Personal(
        name=customer.name if is_company else mask_name(customer.name),
        contact=mask_name(contact.name),
        position=contact.position,
        phone=mask_phone(contact.phone),
        email=mask_email(contact.email),
        wechat=mask_wechat(contact.wechat),
        address=address,
        full=False,
        hiding=Hiding(tuple(known)),
    )


def numbers_of(customers: Collection[int]) -> dict[int, tuple[tuple[str, str, str], ...]]:
    """What :class:`Hiding` masks for each of many customers (one query)."""
    found: dict[int, tuple[tuple[str, str, str], ...]] = {}
    rows = Contact.objects.filter(customer__in=customers).values_list("customer_id", "phone", "email", "wechat")
    for customer, *numbers in rows:
        found[customer] = (*found.get(customer, ()), (numbers[0], numbers[1], numbers[2]))
    return found


def full_personal(customer: Customer) -> Personal:
    """Everything as it is; only for :func:`take_out`, which asks for the right and leaves a trace."""
    contact, place = _primary(customer)
    return Personal(
        name=customer.name,
        contact=contact.name,
        position=contact.position,
        phone=spoken_phone(contact.phone),
        email=contact.email,
        wechat=contact.wechat,
        address=full_address([place.country, place.province, place.city, place.district, place.line]) if place else "",
        full=True,
        hiding=Hiding(()),
    )


def _primary(customer: Customer) -> tuple[Contact, Address | None]:
    contact = Contact.objects.filter(customer=customer).order_by("-is_primary", "pk").first()
    return contact or Contact(), Address.objects.filter(customer=customer).order_by("-is_primary", "pk").first()
