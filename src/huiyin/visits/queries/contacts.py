"""The contact ledger of customers: when they were reached, how often, whether they refused (VIS-15)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, Q

from huiyin.customers.public import Contact, Customer
from huiyin.visits.models import Attempt, PlanRules, Visit
from huiyin.visits.queries.hours import windows_ahead
from huiyin.visits.queries.policies import hours_of
from huiyin.visits.rules.attempts import LineResult
from huiyin.visits.rules.calling import Answer, ContactFacts, may_call
from huiyin.visits.rules.lifecycle import State
from huiyin.visits.rules.windows import PARTS_OF_DAY, Liked


def contact_facts(customers: Iterable[Customer], now: datetime, zone: ZoneInfo) -> dict[int, ContactFacts]:
    """What is known about contacts with each customer; three queries whatever their number."""
    rows = {customer.pk: customer for customer in customers}
    local = now.astimezone(zone)
    month = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
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


def liked_by(customer: Customer) -> Liked:
    """When the customer likes to be called."""
    return Liked(PARTS_OF_DAY.get(customer.preferred_time, ()), frozenset(customer.preferred_weekdays))


def may_call_now(visit: Visit, rules: PlanRules, now: datetime) -> Answer:
    """Whether the customer of this visit may be called at ``now``, and why (not)."""
    facts = contact_facts([visit.customer], now, hours_of(rules).zone)[visit.customer_id]
    return may_call(
        rules.contact_policy,
        facts,
        windows_ahead(rules, now),
        liked_by(visit.customer),
        now,
        owed=not visit.sampled or visit.attempts.filter(line=LineResult.CONNECTED).exists(),
        asked_for=visit.again_at if visit.again_asked else None,
    )
