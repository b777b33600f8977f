"""Numbers that want nothing any more by a way, whoever they belong to: kept in the room above that hears it.

There is one list. What a customer said about a way stands here, what a number said stands there, and both are read in
the same statement: they cannot disagree, whatever number a customer has, gets or loses.
"""

from __future__ import annotations

from functools import cache

from django.db import connection

from huiyin.contact_ledger.rules.words import Way
from huiyin.customers.public import Contact
from huiyin.foundation.discovery import discover


def closed_ways() -> str:
    """The ways that are closed because a number of customer ``c`` said so, as a SELECT; empty where nobody tells."""
    return _closed_ways()


def silent_ways(customer: int) -> set[str]:
    """The ways that are closed for one customer because a number said so."""
    asked = f"SELECT closed.way FROM (SELECT %s::bigint AS id) c, LATERAL ({closed_ways()}) closed(way)"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(asked, [customer])
        return {row[0] for row in cursor.fetchall()}


@cache
def _closed_ways() -> str:
    told: dict[str, str] = {}
    for module in discover("silence"):
        told |= getattr(module, "SILENT_NUMBERS", {})
    parts = [
        f"SELECT '{Way(way).value}' WHERE EXISTS (SELECT FROM {Contact._meta.db_table} k"  # noqa: S608 - our own words
        f" WHERE k.customer_id = c.id AND k.phone IN ({numbers}))"
        for way, numbers in sorted(told.items())
    ]
    return " UNION ALL ".join(parts) or "SELECT NULL::varchar WHERE false"
