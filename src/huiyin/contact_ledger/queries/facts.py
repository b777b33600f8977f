"""What is known about contacts with customers, for one or for many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from huiyin.contact_ledger.models import Consent, ContactEntry, OptOut
from huiyin.contact_ledger.rules.asking import ContactFacts
from huiyin.contact_ledger.rules.numbers import BINDINGS
from huiyin.contact_ledger.rules.words import COUNTED, Outcome, Way
from huiyin.customers.public import Contact, Customer
from huiyin.kernel.windows import PARTS_OF_DAY, Liked

ADDRESS = {Way.PHONE: "phone", Way.SMS: "phone", Way.EMAIL: "email", Way.WECHAT: "wechat"}
Matter = tuple[str, int]
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Made:
    """Contacts made with one customer: the last one, how many this month, the last refusal."""

    last: datetime | None
    this_month: int
    refused_at: datetime | None


NEVER = Made(None, 0, None)


@dataclass(frozen=True)
class PersonFacts:
    """What is known about one customer; the ways that have an address, and those that were opted out of."""

    known: ContactFacts
    reachable: frozenset[str]
    opted_out: frozenset[str]

    def by(self, way: str) -> ContactFacts:
        """The facts for one way; a way without addresses of its own is always open."""
        has_address = way not in ADDRESS or way in self.reachable
        return replace(self.known, has_address=has_address, opted_out=way in self.opted_out)


def person_facts(
    customers: Collection[int], purpose: str, now: datetime, zone: ZoneInfo, *, matter: Matter | None = None
) -> dict[int, PersonFacts]:
    """The facts of each customer; three statements whatever their number, four where a consent is needed.

    Contacts about ``matter`` (subject's label and id) itself are left out.
    """
    made = contacts_made(now, zone, customers, matter=matter)
    opted_out = _by_customer(OptOut, "way", customers)
    consents = _by_customer(Consent, "purpose", customers) if BINDINGS[purpose].consent else {}
    found = {}
    for pk, silent, part, weekdays, *addresses in _persons(customers):
        contacts = made.get(pk, NEVER)
        known = ContactFacts(
            do_not_contact=silent,
            consents=consents.get(pk, NONE),
            last_contact=contacts.last,
            this_month=contacts.this_month,
            refused_at=contacts.refused_at,
            liked=Liked(PARTS_OF_DAY.get(part, ()), frozenset(weekdays)),
        )
        reachable = frozenset(way for way, has in zip(ADDRESS, addresses, strict=True) if has)
        found[pk] = PersonFacts(known, reachable, opted_out.get(pk, NONE))
    return found


def contacts_made(
    now: datetime, zone: ZoneInfo, customers: Collection[int] | None = None, *, matter: Matter | None = None
) -> dict[int, Made]:
    """What was made with each customer that was ever contacted; of everybody when ``customers`` is None.

    A claim counts while it holds.
    """
    local = now.astimezone(zone)
    month = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    rows = ContactEntry.objects.filter(outcome__in=COUNTED)
    rows = rows.exclude(outcome=Outcome.CLAIMED, holds_until__lte=now)
    if customers is not None:
        rows = rows.filter(customer__in=customers)
    if matter is not None:
        rows = rows.exclude(subject=matter[0], subject_id=matter[1])
    counted = (
        rows.order_by()
        .values("customer")
        .annotate(
            last=Max("at"),
            this_month=Count("pk", filter=Q(at__gte=month)),
            refused_at=Max("at", filter=Q(outcome=Outcome.REFUSED)),
        )
    )
    return {row["customer"]: Made(row["last"], row["this_month"], row["refused_at"]) for row in counted}


def _by_customer(model: type[OptOut | Consent], field: str, customers: Collection[int]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    held = QuerySet[Any](model).filter(customer__in=customers, ended_at=None)
    for customer, value in held.values_list("customer", field):
        found[customer].add(value)
    return {customer: frozenset(values) for customer, values in found.items()}


def _persons(customers: Collection[int]) -> QuerySet[Any, Any]:
    """Id, do-not-contact, liked part of day and weekdays, then for each way of ``ADDRESS`` whether there is one."""
    contacts = Contact.objects.filter(customer=OuterRef("pk"))
    has = {f"has_{way}": Exists(contacts.exclude(**{field: ""})) for way, field in ADDRESS.items()}
    rows = Customer.objects.filter(pk__in=customers).annotate(**has)
    return rows.values_list("pk", "do_not_contact", "preferred_time", "preferred_weekdays", *has)
