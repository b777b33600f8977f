"""What is known about contacts with customers, for one or for many at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, Q, QuerySet

from huiyin.contact_ledger.models import Consent, ContactEntry, OptOut
from huiyin.contact_ledger.queries.silence import closed_ways
from huiyin.contact_ledger.rules.asking import ContactFacts
from huiyin.contact_ledger.rules.words import COUNTED, Outcome, Way
from huiyin.customers.public import Contact, Customer
from huiyin.foundation.planned import planned_cursor
from huiyin.kernel.windows import PARTS_OF_DAY, Liked

Matter = tuple[str, int]
NO_MATTER: Matter = ("", 0)
ADDRESS = {Way.PHONE: "phone", Way.SMS: "phone", Way.EMAIL: "email", Way.WECHAT: "wechat"}
COUNTS = "(outcome IN (%(reached)s, %(refused)s) OR outcome = %(claimed)s AND holds_until > %(now)s)"
PERSONS = f"""
SELECT c.id, c.do_not_contact, c.preferred_time, c.preferred_weekdays,
    ARRAY(SELECT way FROM {OptOut._meta.db_table} o WHERE o.customer_id = c.id AND o.ended_at IS NULL
          UNION ALL {{closed}}),
    ARRAY(SELECT purpose FROM {Consent._meta.db_table} a WHERE a.customer_id = c.id AND a.ended_at IS NULL),
    reach.phone, reach.email, reach.wechat, made.last, made.this_month, made.refused_at
FROM {Customer._meta.db_table} c,
    LATERAL (SELECT bool_or(phone <> '') phone, bool_or(email <> '') email, bool_or(wechat <> '') wechat
               FROM {Contact._meta.db_table} WHERE customer_id = c.id) reach,
    LATERAL (SELECT max(at) last, count(*) FILTER (WHERE at >= %(month)s) this_month,
                    max(at) FILTER (WHERE outcome = %(refused)s) refused_at
               FROM {ContactEntry._meta.db_table}
              WHERE customer_id = c.id AND {COUNTS}
                AND outcome IN (%(claimed)s, %(reached)s, %(refused)s)
                AND (subject, subject_id) <> (%(subject)s, %(subject_id)s)) made
WHERE c.id = ANY(%(customers)s::bigint[])
"""  # noqa: S608 - only table names are put in


@dataclass(frozen=True)
class Made:
    """Contacts made with one customer: the last one, how many this month, the last refusal."""

    last: datetime | None
    this_month: int
    refused_at: datetime | None


@dataclass(frozen=True)
class PersonFacts:
    """What is known about one customer; the ways that have an address, and those that were opted out of."""

    known: ContactFacts
    reachable: frozenset[str]
    opted_out: frozenset[str]

    def by(self, way: str) -> ContactFacts:
        """The facts for one way; a way without addresses of its own is always open."""
        has_address = way not in ADDRESS or ADDRESS[Way(way)] in self.reachable
        return replace(self.known, has_address=has_address, opted_out=way in self.opted_out)


def person_facts(
    customers: Collection[int], now: datetime, zone: ZoneInfo, *, matter: Matter = NO_MATTER
) -> dict[int, PersonFacts]:
    """The facts of each customer, in one statement whatever their number.

    Contacts about ``matter`` (subject's label and id) itself are left out.
    """
    told: dict[str, Any] = {outcome.value: outcome.value for outcome in COUNTED}
    told |= {"customers": list(customers), "now": now, "month": _month(now, zone)}
    told |= {"subject": matter[0], "subject_id": matter[1]}
    with planned_cursor() as cursor:
        cursor.execute(PERSONS.format(closed=closed_ways()), told)
        return {row[0]: _person(row[1:]) for row in cursor.fetchall()}


def _person(row: Sequence[Any]) -> PersonFacts:
    """Reads the columns of the statement after the id."""
    silent, part_of_day, weekdays, opted_out, consents, phone, email, wechat, last, this_month, refused_at = row
    has = {"phone": phone, "email": email, "wechat": wechat}
    known = ContactFacts(
        do_not_contact=silent,
        consents=frozenset(consents),
        last_contact=last,
        this_month=this_month,
        refused_at=refused_at,
        liked=Liked(PARTS_OF_DAY.get(part_of_day, ()), frozenset(weekdays)),
    )
    return PersonFacts(known, frozenset(field for field, there in has.items() if there), frozenset(opted_out))


def contacts_made(now: datetime, zone: ZoneInfo, customers: Collection[int] | None = None) -> dict[int, Made]:
    """What was made with each customer that was ever contacted; of everybody when ``customers`` is None.

    A claim counts while it holds. For planning many at once.
    """
    rows = counted(now)
    if customers is not None:
        rows = rows.filter(customer__in=customers)
    made = (
        rows.order_by()
        .values("customer")
        .annotate(
            last=Max("at"),
            this_month=Count("pk", filter=Q(at__gte=_month(now, zone))),
            refused_at=Max("at", filter=Q(outcome=Outcome.REFUSED)),
        )
    )
    return {row["customer"]: Made(row["last"], row["this_month"], row["refused_at"]) for row in made}


def counted(now: datetime) -> QuerySet[ContactEntry]:
    """The entries that count at ``now`` for gap, cap and refusal: a claim counts while it holds."""
    return ContactEntry.objects.filter(outcome__in=COUNTED).exclude(outcome=Outcome.CLAIMED, holds_until__lte=now)


def opt_outs_from(way: str) -> QuerySet[OptOut]:
    """The opt-outs from one way that hold."""
    return OptOut.objects.filter(way=way, ended_at=None)


def _month(now: datetime, zone: ZoneInfo) -> datetime:
    """The beginning of the present month where the calendar holds."""
    return now.astimezone(zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
