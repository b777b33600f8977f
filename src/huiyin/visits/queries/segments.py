"""Groups of customers as SQL: who belongs to a group on a day, read in one pass over the purchases (CUS-5)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from huiyin.cases.public import Case
from huiyin.customers.public import Address, Customer, Purchase, PurchaseState
from huiyin.organisation.public import Store
from huiyin.questionnaires.public import Asking
from huiyin.visits.rules.occasions import Segment

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
BOUGHT = f"""
LEFT JOIN (SELECT customer_id, min(bought_at) AS first_at, max(bought_at) AS last_at,
        sum(amount) FILTER (WHERE bought_at >= %(counted_since)s) AS spent,
        count(*) FILTER (WHERE bought_at >= %(counted_since)s AND NOT is_return) AS times
    FROM {Purchase._meta.db_table}
    WHERE customer_id IS NOT NULL AND state = %(done)s AND bought_at < %(until)s GROUP BY customer_id) b
    ON b.customer_id = c.id
"""  # noqa: S608 - table names only; values are parameters
LAST = f"""
LEFT JOIN LATERAL (SELECT l.amount, l.bought_at FROM {Purchase._meta.db_table} l
    WHERE l.customer_id = c.id AND NOT l.is_return AND l.state = %(done)s AND l.bought_at < %(until)s
    ORDER BY l.bought_at DESC, l.id DESC LIMIT 1) p ON true
"""  # noqa: S608
OPINION = f"""
LEFT JOIN LATERAL (SELECT a.mean FROM {Asking._meta.db_table} a
    WHERE a.customer_id = c.id AND a.state = 'complete' AND a.mean IS NOT NULL AND a.completed_at < %(until)s
    ORDER BY a.completed_at DESC, a.id DESC LIMIT 1) o ON true
"""  # noqa: S608
IN_WORK = f"""EXISTS (SELECT FROM {Case._meta.db_table} k WHERE k.customer_id = c.id AND k.received_at < %(until)s
    AND (k.closed_at IS NULL OR k.closed_at >= %(until)s))"""
RULES = {
    "tiers": "c.tier = ANY(%(tiers)s)",
    "stores": f"c.home_store_id IN (SELECT id FROM {Store._meta.db_table} WHERE code = ANY(%(stores)s))",  # noqa: S608
    "spent_from": "COALESCE(b.spent, 0) >= %(spent_from)s",
    "spent_below": "COALESCE(b.spent, 0) < %(spent_below)s",
    "bought_within_days": "b.last_at >= %(bought_since)s",
    "silent_for_days": "b.last_at < %(silent_since)s",
    "known_for_days": "b.first_at < %(known_since)s",
    "bought_times": "b.times >= %(bought_times)s",
    "provinces": f"""EXISTS (SELECT FROM {Address._meta.db_table} r
        WHERE r.customer_id = c.id AND r.province = ANY(%(provinces)s))""",
    "score_from": "o.mean >= %(score_from)s",
    "score_to": "o.mean <= %(score_to)s",
    "open_cases": f"{IN_WORK} = %(in_work)s",
}
BY_OPINION = frozenset({"score_from", "score_to"})
BY_PURCHASES = frozenset(RULES) - BY_OPINION - {"tiers", "stores", "provinces", "open_cases"}


def customers_of(segment: Segment, day: date, zone: ZoneInfo) -> tuple[str, dict[str, Any]]:
    """``FROM … WHERE …`` over customers ``c`` (last purchase ``p``) of the group as on ``day``, and its values."""
    given = [name for name in RULES if getattr(segment, name)]
    rules = ["c.merged_into_id IS NULL", "c.registered_at < %(until)s", *(RULES[name] for name in given)]
    joins = (BOUGHT if BY_PURCHASES.intersection(given) else "") + (OPINION if BY_OPINION.intersection(given) else "")
    sql = f"FROM {Customer._meta.db_table} c {joins} {LAST} WHERE {' AND '.join(rules)}"
    return sql, _values(segment, datetime.combine(day + timedelta(days=1), time(), zone))


def _values(segment: Segment, until: datetime) -> dict[str, Any]:
    def before(days: int | None) -> datetime:
        return until - timedelta(days=days or 0)

    return {
        "done": PurchaseState.DONE.value,
        "until": until,
        "tiers": list(segment.tiers),
        "stores": list(segment.stores),
        "spent_from": segment.spent_from,
        "spent_below": segment.spent_below,
        "bought_since": before(segment.bought_within_days),
        "silent_since": before(segment.silent_for_days),
        "known_since": before(segment.known_for_days),
        "bought_times": segment.bought_times,
        "counted_since": before(segment.counted_days) if segment.counted_days else LONG_AGO,
        "provinces": list(segment.provinces),
        "score_from": segment.score_from,
        "score_to": segment.score_to,
        "in_work": segment.open_cases == "with",
    }
