"""Whom a kind of visit would have chosen in some days, as SQL: rows of customer, store, amount and due day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from huiyin.cases.public import Case
from huiyin.customers.public import Customer, Purchase, PurchaseState
from huiyin.visits.models import Visit
from huiyin.visits.queries.segments import customers_of
from huiyin.visits.rules.falling_due import CASE_TRIGGERS, GROUP_TRIGGERS, DueDays, Trigger
from huiyin.visits.rules.occasions import Occasion, occasion, segment_of, timing_of
from huiyin.visits.rules.policy_content import Content

DAY = timedelta(days=1)
PURCHASES = f"""
SELECT p.customer_id, p.store_id, p.amount, (p.bought_at AT TIME ZONE %(zone)s)::date + %(from_days)s AS due
FROM {Purchase._meta.db_table} p JOIN {Customer._meta.db_table} c ON c.id = p.customer_id AND c.merged_into_id IS NULL
WHERE p.bought_at >= %(begin)s - %(from_days)s * interval '1 day'
    AND p.bought_at < %(end)s - %(from_days)s * interval '1 day'
    AND NOT p.is_return AND p.amount > 0 AND p.state = %(done)s
"""  # noqa: S608 - table names only; values are parameters
CASES = f"""
SELECT k.customer_id, c.home_store_id AS store_id, NULL::numeric AS amount,
    (k.settled_at AT TIME ZONE %(zone)s)::date AS due
FROM {Case._meta.db_table} k JOIN {Customer._meta.db_table} c ON c.id = k.customer_id
WHERE k.settled_at >= %(begin)s AND k.settled_at < %(end)s AND (k.kind = 'complaint') = %(complaints)s
"""  # noqa: S608
BY_HAND = f"""
SELECT v.customer_id, v.store_id, v.amount, (v.due_from AT TIME ZONE %(zone)s)::date AS due
FROM {Visit._meta.db_table} v WHERE v.kind = %(kind)s AND v.due_from >= %(begin)s AND v.due_from < %(end)s
"""  # noqa: S608
Sql = tuple[str, dict[str, Any]]


def chosen_sql(content: Content, first: date, after: date, zone: ZoneInfo) -> Sql:
    """The statement and its values for the days from ``first`` up to before ``after``."""
    trigger = content["trigger"]
    values: dict[str, Any] = {
        "zone": zone.key,
        "begin": datetime.combine(first, time(), zone),
        "end": datetime.combine(after, time(), zone),
        "from_days": content["days_from"],
        "done": PurchaseState.DONE.value,
        "complaints": trigger == Trigger.COMPLAINT_SETTLED,
        "kind": content["code"],
    }
    if trigger == Trigger.PURCHASE:
        return PURCHASES, values
    if trigger in CASE_TRIGGERS:
        return CASES, values
    return _group(content, first, after, zone) if trigger in GROUP_TRIGGERS else (BY_HAND, values)


def occasions_in(content: Content, first: date, after: date) -> list[Occasion]:
    """The schedule's or date's occasions whose visits could have been made in these days."""
    timing, days = timing_of(content), DueDays(content["days_from"], content["days_best"], content["days_by"])
    found = {occasion(content["trigger"], timing, days, first + DAY * n) for n in range((after - first).days)}
    return sorted((each for each in found if each), key=lambda each: each.day)


def _group(content: Content, first: date, after: date, zone: ZoneInfo) -> Sql:
    """Who belonged to the group; of a group one comes to belong to, who did not belong the day before ``first``."""
    members, values = customers_of(segment_of(content), after - DAY, zone)
    select = "SELECT c.id AS customer_id, c.home_store_id AS store_id, p.amount"
    if content["trigger"] != Trigger.SEGMENT:
        days = [each.day + timedelta(days=content["days_from"]) for each in occasions_in(content, first, after)]
        sql = f"SELECT g.*, due FROM ({select} {members}) g CROSS JOIN unnest(%(days)s::date[]) due"  # noqa: S608
        return sql, {**values, "days": days}
    earlier, before = customers_of(segment_of(content), first - DAY, zone)
    renamed = {f"{name}_then": value for name, value in before.items()}
    for name in sorted(before, key=len, reverse=True):
        earlier = earlier.replace(f"%({name})s", f"%({name}_then)s")
    sql = f"{select}, %(due)s::date AS due {members} AND c.id NOT IN (SELECT c.id {earlier})"
    return sql, {**values, **renamed, "due": after - DAY}


def members_sql(content: Content, day: date, zone: ZoneInfo) -> Sql:
    """How many belong to the group on a day."""
    members, values = customers_of(segment_of(content), day, zone)
    return f"SELECT count(*) {members}", values
