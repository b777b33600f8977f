"""Whose earlier complaints a new case follows, over all channels: phone, email, customer's file and identity at a
platform name one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

MOST = 50
"""So many earlier complaints are counted; more make no difference."""


@dataclass(frozen=True)
class Person:
    """How a person is known: the key of the file, phone as ``normal_phone`` writes it, email, who they are
    on a platform; empty is unknown."""

    customer_id: int | None = None
    phone: str = ""
    email: str = ""
    identity_id: int | None = None

    def __bool__(self) -> bool:
        return bool(self.customer_id or self.phone or self.email or self.identity_id)


@dataclass(frozen=True)
class Earlier:
    """The newest complaint that came before, and how many there were."""

    pk: int
    topic: str
    times: int


def earlier_complaints(person: Person, now: datetime, within_days: int) -> Earlier | None:
    """The complaints of a person within a number of days before ``now`` (CAS-12); None when there was none.

    Whoever wrote from an address in a customer's file is that customer, and a customer's addresses are all his; so are
    the people on platforms who were joined to him.
    """
    if not person:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            _EARLIER,
            {
                "customer": person.customer_id,
                "phone": person.phone,
                "email": person.email.lower(),
                "identity": person.identity_id,
                "case": 0,
                "since": now - timedelta(days=within_days),
                "most": MOST,
            },
        )
        rows = cursor.fetchall()
    return Earlier(rows[0][0], rows[0][1], len(rows)) if rows else None


WHO = """
    wrote AS MATERIALIZED (
        SELECT identity_id AS id FROM cases_caseidentity WHERE case_id = %(case)s
        UNION SELECT %(identity)s::bigint WHERE %(identity)s::bigint IS NOT NULL),
    who AS MATERIALIZED (
        SELECT customer_id AS id FROM customers_contact WHERE phone = %(phone)s AND phone <> ''
        UNION SELECT customer_id FROM customers_contact WHERE email = %(email)s AND email <> ''
        UNION SELECT %(customer)s::bigint WHERE %(customer)s::bigint IS NOT NULL
        UNION SELECT customer_id FROM channels_outsideidentity
               WHERE id IN (SELECT id FROM wrote) AND customer_id IS NOT NULL),
    ways AS MATERIALIZED (
        SELECT phone, lower(email) AS email FROM customers_contact WHERE customer_id IN (SELECT id FROM who)
        UNION SELECT %(phone)s, %(email)s),
    same_person AS MATERIALIZED (
        SELECT id FROM wrote
        UNION SELECT id FROM channels_outsideidentity WHERE customer_id IN (SELECT id FROM who)),
    by_identity AS MATERIALIZED (
        SELECT case_id AS id FROM cases_caseidentity WHERE identity_id IN (SELECT id FROM same_person))
"""
_EARLIER = f"""
    WITH {WHO}
    SELECT id, topic FROM (
        SELECT id, topic, received_at FROM cases_case
         WHERE customer_id = ANY(ARRAY(SELECT id FROM who)) AND kind = 'complaint' AND received_at >= %(since)s
        UNION SELECT id, topic, received_at FROM cases_case
         WHERE reporter_phone <> '' AND reporter_phone = ANY(ARRAY(SELECT phone FROM ways WHERE phone <> ''))
           AND kind = 'complaint' AND received_at >= %(since)s
        UNION SELECT id, topic, received_at FROM cases_case
         WHERE reporter_email <> '' AND lower(reporter_email) = ANY(ARRAY(SELECT email FROM ways WHERE email <> ''))
           AND kind = 'complaint' AND received_at >= %(since)s
        UNION SELECT id, topic, received_at FROM cases_case
         WHERE id = ANY(ARRAY(SELECT id FROM by_identity)) AND kind = 'complaint' AND received_at >= %(since)s
    ) AS every ORDER BY received_at DESC, id DESC LIMIT %(most)s
"""  # noqa: S608 - a constant of ours
