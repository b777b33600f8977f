"""How the customer of a site visit is reached, and where the visit is."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from huiyin.cases.public import Case
from huiyin.customers.public import Address, Contact, mask_address
from huiyin.field_service.models import SiteVisit


@dataclass(frozen=True)
class Reach:
    """Name, phone, mail and language of whom to tell."""

    name: str
    phone: str
    email: str
    language: str


@dataclass(frozen=True)
class Where:
    """A place of the customer: its key, what everybody may see of it, and all of it."""

    pk: int
    area: str
    masked: str
    line: str


def contact_of(case: Case) -> Reach:
    """Whom to ask for at the customer's: who reported the case, else the main contact."""
    customer = case.customer
    main = Contact.objects.filter(customer=customer).order_by("-is_primary", "pk").first() if customer else None
    return Reach(
        name=case.reporter_name or (main.name if main else "") or (customer.name if customer else ""),
        phone=case.reporter_phone or (main.phone if main else ""),
        email=case.reporter_email or (main.email if main else ""),
        language=customer.language if customer else case.reporter_language or settings.LANGUAGE_CODE,
    )


def reach_of(visit: SiteVisit) -> Reach:
    """The contact of the visit itself, with mail and language of the case's."""
    known = contact_of(visit.case)
    return Reach(visit.contact_name or known.name, visit.contact_phone or known.phone, known.email, known.language)


def places_of(case: Case) -> list[Where]:
    """The customer's addresses, the main one first."""
    rows = Address.objects.filter(customer=case.customer_id).order_by("-is_primary", "pk") if case.customer_id else []
    return [_where(row) for row in rows]


def _where(row: Address) -> Where:
    area = "".join(dict.fromkeys(part for part in (row.province, row.city, row.district) if part))
    masked = mask_address(row.province or row.country, row.city, row.district, row.line)
    return Where(row.pk, area, masked, f"{area}{row.line}")
