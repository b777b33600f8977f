"""What a case needs to know about its customer, through the customers' door."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet

from huiyin.cases.models import Case
from huiyin.cases.rules.kinds import UNPROVEN
from huiyin.cases.rules.states import State
from huiyin.customers.public import Customer, recognise
from huiyin.foundation.prepared import Given, prepared
from huiyin.kernel.actor import Actor


@dataclass(frozen=True)
class Known:
    """A customer's file as far as cases ask for it, with the main contact's addresses (empty when there is none)."""

    pk: int
    number: str
    name: str
    tier: str
    language: str
    email: str
    phone: str


@dataclass(frozen=True)
class Reach:
    """How a case's customer is reached: address and language; the file's number and name, empty without a file.

    Without a file the language is that in which the case was written, else the company's.
    """

    name: str
    email: str
    phone: str
    language: str
    number: str = ""
    known_as: str = ""


def known_customer(customer_id: int | None) -> Known | None:
    """The customer with this key (one query)."""
    for number, name, tier, language, email, phone in _known(customer_id) if customer_id else ():
        return Known(customer_id or 0, number, name, tier, language, email or "", phone or "")
    return None


@prepared
def _known(customer: Given) -> QuerySet[Customer, tuple[Any, ...]]:
    rows = Customer.objects.filter(pk=customer).order_by(F("contacts__is_primary").desc(), "contacts__pk")
    return rows.values_list("number", "name", "tier", "language", "contacts__email", "contacts__phone")[:1]


def reach_of(case: Case, known: Known | None = None) -> Reach:
    """What the reporter left, else the customer's main contact; ``known`` is the customer, if read already.

    Who only gave a phone number or mail address in a form is not greeted by the name in the file before somebody has
    checked the record with the customer.
    """
    known = known or known_customer(case.customer_id)
    if known is None:
        language = case.reporter_language or settings.LANGUAGE_CODE
        return Reach(case.reporter_name, case.reporter_email, case.reporter_phone, language)
    return Reach(
        name=case.reporter_name or ("" if case.channel in UNPROVEN and case.state == State.OPEN else known.name),
        email=case.reporter_email or known.email,
        phone=case.reporter_phone or known.phone,
        language=known.language,
        number=known.number,
        known_as=known.name,
    )


def tier_of(customer: Customer | Known | None) -> str:
    """The customer's tier; unknown people count as potential customers."""
    return str(customer.tier) if customer else "potential"


def customer_numbered(actor: Actor, number: str) -> Customer | None:
    """The customer with this number, if the actor may see it."""
    return Customer.objects.visible_to(actor).filter(number=number).first() if number else None


def customer_reached(actor: Actor, *, phone: str, email: str, name: str) -> Customer | None:
    """The one customer whose phone number or mail address this is, if the actor may see it."""
    found = recognise(phone=phone, email=email, name=name) if phone or email else None
    return customer_numbered(actor, found.number) if found else None
