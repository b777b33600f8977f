"""What is known about contacts with customers, for one or for many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Value

from huiyin.contact_ledger.models import Consent, ContactEntry, OptOut
from huiyin.contact_ledger.rules.asking import ContactFacts
from huiyin.contact_ledger.rules.words import COUNTED, Outcome, Way
from huiyin.customers.public import Contact, Customer
from huiyin.kernel.windows import PARTS_OF_DAY, Liked

ADDRESS = {Way.PHONE: "phone", Way.SMS: "phone", Way.EMAIL: "email", Way.WECHAT: "wechat"}
Matter = tuple[str, int]


@dataclass(frozen=True)
class Made:
    """Contacts made with one customer: the last one, how many this month, the last refusal."""

    last: datetime | None
    this_month: int
    refused_at: datetime | None


def contact_facts(
    customers: Collection[int], way: str, now: datetime, zone: ZoneInfo, *, matter: Matter | None = None
) -> dict[int, ContactFacts]:
    """The facts of each customer for one way; four statements whatever their number.

    Contacts about ``matter`` (subject's label and id) itself are left out.
    """
    made = contacts_made(now, zone, customers, matter=matter)
    opted_out = set(_holding(OptOut, customers).filter(way=way).values_list("customer", flat=True))
    consents: dict[int, set[str]] = defaultdict(set)
    for customer, purpose in _holding(Consent, customers).values_list("customer", "purpose"):
        consents[customer].add(purpose)
    found = {}
    for pk, silent, part, weekdays, reachable in _persons(customers, way):
        contacts = made.get(pk)
        facts = ContactFacts(
            do_not_contact=silent,
            opted_out=pk in opted_out,
            has_address=reachable,
            consents=frozenset(consents.get(pk, ())),
            liked=Liked(PARTS_OF_DAY.get(part, ()), frozenset(weekdays)),
        )
        found[pk] = facts if contacts is None else _with(facts, contacts)
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


def _with(facts: ContactFacts, made: Made) -> ContactFacts:
    return replace(facts, last_contact=made.last, this_month=made.this_month, refused_at=made.refused_at)


def _holding(model: type[OptOut | Consent], customers: Collection[int]) -> QuerySet[Any]:
    return QuerySet[Any](model).filter(customer__in=customers, ended_at=None)


def _persons(customers: Collection[int], way: str) -> QuerySet[Any, Any]:
    field = ADDRESS.get(Way(way))
    reachable: Exists | Value = Value(value=True)
    if field is not None:
        reachable = Exists(Contact.objects.filter(customer=OuterRef("pk")).exclude(**{field: ""}))
    rows = Customer.objects.filter(pk__in=customers).annotate(reachable=reachable)
    return rows.values_list("pk", "do_not_contact", "preferred_time", "preferred_weekdays", "reachable")
