"""The contact ledger of customers: when they were reached, how often, whether they refused (VIS-15)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Count, Max, Q

from huiyin.customers.public import Contact, Customer
from huiyin.kernel.windows import PARTS_OF_DAY, Liked
from huiyin.visits.models import Attempt, Visit
from huiyin.visits.queries.hours import windows_ahead
from huiyin.visits.queries.policies import hours_of, rules_in_force
from huiyin.visits.rules.attempts import LineResult
from huiyin.visits.rules.calling import Answer, ContactFacts, may_call
from huiyin.visits.rules.lifecycle import State

REACH = f"""
SELECT max(at), count(*) FILTER (WHERE at >= %(month)s),
    (SELECT max(ended_at) FROM {Visit._meta.db_table} WHERE customer_id = %(customer)s AND state = %(refused)s),
    ARRAY(SELECT ARRAY[name, phone] FROM {Contact._meta.db_table}
           WHERE customer_id = %(customer)s ORDER BY is_primary DESC, id)
FROM {Attempt._meta.db_table} WHERE customer_id = %(customer)s AND line = %(connected)s
"""  # noqa: S608 - only table names are put in


@dataclass(frozen=True)
class Reach:
    """Whom one asks for, at which number (not masked; "": none), the number to dial, and what calls brought so far."""

    name: str
    phone: str
    number: str
    facts: ContactFacts


def reach_of(visit: Visit, now: datetime) -> Reach:
    """How the customer of a visit can be reached and what is known about earlier contacts, in one query."""
    customer = visit.customer
    month = _month(now, hours_of(rules_in_force(now.date())).zone)
    states = {"refused": State.REFUSED.value, "connected": LineResult.CONNECTED.value}
    with connection.cursor() as cursor:
        cursor.execute(REACH, {"customer": customer.pk, "month": month, **states})
        last, in_month, refused, people = cursor.fetchone()
    name, phone = people[0] if people else ("", "")
    number = next((each for _name, each in people if each), "")
    return Reach(name, phone, number, ContactFacts(customer.do_not_contact, bool(number), last, in_month, refused))


def contact_facts(customers: Iterable[Customer], now: datetime, zone: ZoneInfo) -> dict[int, ContactFacts]:
    """What is known about contacts with each of many customers; three queries whatever their number."""
    rows = {customer.pk: customer for customer in customers}
    month = _month(now, zone)
    connected = Attempt.objects.filter(customer__in=rows, line=LineResult.CONNECTED).values("customer")
    reached = {
        row["customer"]: row
        for row in connected.annotate(last=Max("at"), in_month=Count("pk", filter=Q(at__gte=month))).order_by()
    }
    ended = Visit.objects.filter(customer__in=rows, state=State.REFUSED).values("customer")
    refused = dict(ended.annotate(last=Max("ended_at")).order_by().values_list("customer", "last"))
    with_phone = set(Contact.objects.filter(customer__in=rows).exclude(phone="").values_list("customer", flat=True))
    return {
        pk: ContactFacts(
            do_not_contact=customer.do_not_contact,
            has_phone=pk in with_phone,
            last_contact=reached[pk]["last"] if pk in reached else None,
            contacts_this_month=reached[pk]["in_month"] if pk in reached else 0,
            refused_at=refused.get(pk),
        )
        for pk, customer in rows.items()
    }


def _month(now: datetime, zone: ZoneInfo) -> datetime:
    """The beginning of the present month where the calendar holds."""
    return now.astimezone(zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def liked_by(customer: Customer) -> Liked:
    """When the customer likes to be called."""
    return Liked(PARTS_OF_DAY.get(customer.preferred_time, ()), frozenset(customer.preferred_weekdays))


def may_call_now(visit: Visit, reach: Reach, now: datetime, *, spoken: bool) -> Answer:
    """Whether the customer of this visit may be called at ``now``, and why (not).

    ``spoken``: an earlier call for this visit was answered, so that another one is owed.
    """
    rules = rules_in_force(now.date())
    return may_call(
        rules.contact_policy,
        reach.facts,
        windows_ahead(rules, now),
        liked_by(visit.customer),
        now,
        owed=not visit.sampled or spoken,
        asked_for=visit.again_at if visit.again_asked else None,
    )
