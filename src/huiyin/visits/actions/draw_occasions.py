"""Makes visits fall due by schedule, on a date, and for who comes to belong to a group: one statement a kind."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import connection

from huiyin.foundation.actions import Act, action
from huiyin.organisation.public import Store
from huiyin.visits.models import Visit, VisitPolicy
from huiyin.visits.queries.bands import band_case
from huiyin.visits.queries.policies import visiting_department
from huiyin.visits.queries.script_lots import version_lot
from huiyin.visits.queries.segments import customers_of
from huiyin.visits.rules.lifecycle import OPEN
from huiyin.visits.rules.occasions import Occasion, occasion, segment_of, timing_of
from huiyin.visits.rules.planning import Band
from huiyin.working_time.public import WorkingCalendar

LOCK = 0x6F636361  # one advisory lock space for occasions, keyed by kind

INSERT = f"""
INSERT INTO {Visit._meta.db_table} (
    kind, policy_id, customer_id, amount, due_from, due_by, breach_at, state, sampled, department_id,
    store_id, band, place_band, again_asked, ended_because, way, self_way, script_version, attribution, created_at)
SELECT %(kind)s, %(policy)s, c.id, p.amount, %(due_from)s, %(due_by)s, %(due_by)s, 'due', %(sampled)s,
    %(department)s, c.home_store_id, {{band}}, '', false, '', '', %(self_way)s, {{version}},
    jsonb_strip_nulls(jsonb_build_object('store', c.home_store_id, 'store_size', (
        SELECT s.size FROM {Store._meta.db_table} s WHERE s.id = c.home_store_id))), %(now)s
{{customers}}
    AND NOT EXISTS (SELECT FROM {Visit._meta.db_table} v WHERE v.customer_id = c.id AND v.kind = %(kind)s
        AND (%(since)s::timestamptz IS NULL OR v.due_from >= %(since)s OR v.state = ANY(%(open)s)))
ORDER BY c.id
"""  # noqa: S608 - table names only; values are parameters


def due_occasion(policy: VisitPolicy, today: date) -> Occasion | None:
    """The occasion of a kind whose visits may be made today."""
    return occasion(policy.trigger, timing_of(policy.numbers), policy.due_days, today)


@action("visits.draw_occasion")
def draw_occasion(
    act: Act, policy: VisitPolicy, what: Occasion, calendar: WorkingCalendar, bands: tuple[Band, ...], today: date
) -> int:
    """Makes the visits of one occasion for every customer of the group who has none yet; returns how many are new.

    Runs of the same kind wait for each other, so that two at once add nothing twice.
    """
    due_from, due_by = policy.due_days.window(what.day, calendar.zone)
    customers, of_group = customers_of(segment_of(policy.numbers), today, calendar.zone)
    band, of_bands = band_case(bands)
    version, lot = version_lot(policy, today)
    since = datetime.combine(what.since, time(), calendar.zone) if what.since else None
    values = {
        **of_group,
        **of_bands,
        **lot,
        "kind": policy.code,
        "policy": policy.pk,
        "sampled": policy.sampled,
        "self_way": policy.self_way,
        "department": policy.department_id or visiting_department(),
        "due_from": due_from,
        "due_by": due_by,
        "since": since,
        "open": sorted(OPEN),
        "now": act.now,
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCK, policy.code])
        cursor.execute("SET LOCAL enable_nestloop = off")  # right after a large draw nobody has counted its rows yet
        cursor.execute(INSERT.format(band=band, version=version, customers=customers), values)
        made = int(cursor.rowcount)
        cursor.execute("SET LOCAL enable_nestloop TO DEFAULT")
        return made
