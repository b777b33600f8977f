"""What a case needs to know about its customer, through the customers' door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from huiyin.cases.models import Case
from huiyin.customers.public import Contact, Customer
from huiyin.kernel.actor import Actor


@dataclass(frozen=True)
class Reach:
    """How a case's customer is reached: address, language, and whether anything is known at all."""

    name: str
    email: str
    phone: str
    language: str


def reach_of(case: Case) -> Reach:
    """What the reporter left, else the customer's main contact."""
    customer = case.customer
    if customer is None:
        return Reach(case.reporter_name, case.reporter_email, case.reporter_phone, "zh-hans")
    told = case.reporter_name and case.reporter_email and case.reporter_phone
    contact = None if told else Contact.objects.filter(customer=customer).order_by("-is_primary", "pk").first()
    return Reach(
        name=case.reporter_name or customer.name,
        email=case.reporter_email or (contact.email if contact else ""),
        phone=case.reporter_phone or (contact.phone if contact else ""),
        language=customer.language,
    )


def tier_of(customer: Customer | None) -> str:
    """The customer's tier; unknown people count as potential customers."""
    return str(customer.tier) if customer else "potential"


def customer_keyed(customer_id: int | None) -> Customer | None:
    """The customer with this key."""
    return Customer.objects.filter(pk=customer_id).first() if customer_id else None


def earlier_complaint(
    *, customer_id: int | None, phone: str, email: str, now: datetime, within_days: int
) -> Case | None:
    """The newest complaint of the same customer or reporter within a number of days (CAS-12)."""
    same = Q()
    if customer_id:
        same |= Q(customer_id=customer_id)
    if phone:
        same |= Q(reporter_phone=phone)
    if email:
        same |= Q(reporter_email=email)
    if not same:
        return None
    since = now - timedelta(days=within_days)
    return Case.objects.filter(same, kind="complaint", received_at__gte=since).order_by("-received_at").first()


def customer_numbered(actor: Actor, number: str) -> Customer | None:
    """The customer with this number, if the actor may see it."""
    return Customer.objects.visible_to(actor).filter(number=number).first() if number else None
