"""The planner from the database at full size: read, draw, store every choice."""

import time
from datetime import datetime, timedelta

from bench.machine import peak_memory
from bench.registry import Figures, When, measures
from bench.scene import Scene

SIZES = ((100_000, 200, 4_000), (1_000_000, 200, 6_000))
STAFF = """
INSERT INTO organisation_staff (username, name, password, email, phone, roles, skills, languages, daily_capacity,
    language, time_zone, theme, is_active)
SELECT 'bench' || n, 'bench' || n, '', '', '', '{agent}', '{}', '{}', 30 + n %% 31, 'zh-hans', 'Asia/Shanghai', 'auto',
    true
FROM generate_series(1, %(people)s) n
"""
CUSTOMERS = """
INSERT INTO customers_customer (id, number, kind, name, sort_key, tier, industry, source, language, preferred_time,
    preferred_weekdays, do_not_contact, do_not_contact_reason, notes, registered_at)
SELECT %(first)s + n, 'BENCH' || n, 'person', n, n, 'regular', '', 'other', 'zh-hans',
    CASE WHEN n %% 10 < 7 THEN 'any' WHEN n %% 10 = 7 THEN 'morning' ELSE 'afternoon' END, '{}', n %% 20 = 0, '', '',
    %(now)s
FROM generate_series(1, %(candidates)s) n
"""
CONTACTS = """
INSERT INTO customers_contact (customer_id, name, position, phone, phone_tail, email, wechat, is_primary)
SELECT %(first)s + n, n, '', '+86139' || lpad(n::text, 8, '0'), right(lpad(n::text, 8, '0'), 4), '', '', true
FROM generate_series(1, %(candidates)s) n
"""
VISITS = """
INSERT INTO visits_visit (kind, policy_id, customer_id, amount, due_from, due_by, breach_at, state, sampled, store_id,
    band, place_band, again_asked, ended_because, way, attribution, created_at)
SELECT 'regular', %(policy)s, %(first)s + n, a.amount, d.due_from, d.due_from + interval '9 days',
    d.due_from + interval '9 days', 'due', n %% 200 > 0, s.stores[1 + n %% cardinality(s.stores)],
    CASE WHEN a.amount >= 5000 THEN '5000' WHEN a.amount >= 3000 THEN '3000' WHEN a.amount >= 1500 THEN '1500'
        ELSE 'below' END, '', false, '', '', '{}', %(now)s
FROM generate_series(1, %(candidates)s) n
CROSS JOIN (SELECT array_agg(id ORDER BY id) AS stores FROM organisation_store) s
CROSS JOIN LATERAL (SELECT (n::bigint * 7919 %% 12000)::numeric AS amount) a
CROSS JOIN LATERAL (SELECT %(monday)s::timestamptz + (n %% 12 - 7) * interval '1 day' AS due_from) d
"""


@measures("planner_db", "Planner from the database, invented companies", When.ALONE, order=12)
def planner_database(scene: Scene) -> Figures:
    """100,000 candidates for 200 people, and 1,000,000 when asked for by name; everything is rolled back again."""
    figures: Figures = {}
    for candidates, people, a_day in SIZES if "planner_db" in scene.options.only else SIZES[:1]:
        found = _one(candidates, people, a_day)
        figures |= {f"{candidates}_{name}": value for name, value in found.items()}
    return figures


def _one(candidates: int, people: int, a_day: int) -> Figures:
    from django.db import connection, transaction

    from huiyin.foundation.calls import system_call
    from huiyin.visits.public import monday_of, plan_week

    call = system_call()
    monday = monday_of(call.now.date()) + timedelta(days=14)
    with transaction.atomic():
        began = time.perf_counter()
        _fill(monday, call.now, candidates, people, a_day)
        filled, spent = time.perf_counter(), time.process_time()
        row = plan_week(call, monday, seed=1)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what the end of the transaction would check
        figures = {
            "fill_seconds": round(filled - began, 1),
            "seconds": round(time.perf_counter() - filled, 1),
            "processor_seconds": round(time.process_time() - spent, 1),
            "candidates": row.candidates,
            "chosen": row.chosen,
            "gap": row.gap,
            "memory_mb": peak_memory(),
        }
        transaction.set_rollback(True)
    return figures


def _fill(monday: object, now: datetime, candidates: int, people: int, a_day: int) -> None:
    from django.db import connection

    from huiyin.visits.public import policy_called
    from huiyin.visits.queries.policy_contents import newest_rules

    rules = newest_rules()
    quota = {"least": 5 * a_day, "most": 5 * a_day, "a_day": a_day}
    rules.plan = {**rules.plan, "first_week": quota, "other_weeks": quota}
    rules.save()
    values = {
        "candidates": candidates,
        "people": people,
        "first": 1_000_000_000,
        "policy": policy_called("regular", now.date()).pk,
        "monday": monday,
        "now": now,
    }
    with connection.cursor() as cursor:
        for statement in (STAFF, CUSTOMERS, CONTACTS, VISITS):
            cursor.execute(statement, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for table in ("customers_customer", "customers_contact", "visits_visit"):
            cursor.execute(f"ANALYZE {table}")
