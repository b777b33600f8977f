"""Makes visits fall due after purchases and on occasions, and lets undrawn ones lapse: safe to run twice at once."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef

from huiyin.customers.public import Customer, Purchase, PurchaseState
from huiyin.foundation.actions import Act, action
from huiyin.kernel.call import Call
from huiyin.organisation.public import Store
from huiyin.visits.actions.draw_occasions import draw_occasion, due_occasion
from huiyin.visits.actions.merging import merge_due
from huiyin.visits.models import Invitation, Visit, VisitPolicy
from huiyin.visits.queries.bands import band_case
from huiyin.visits.queries.policies import hours_of, policies_in_force, rules_in_force, today_in, visiting_department
from huiyin.visits.queries.script_lots import version_lot
from huiyin.visits.rules.falling_due import Trigger, purchases_due
from huiyin.visits.rules.inviting import RUNNING
from huiyin.visits.rules.lifecycle import State
from huiyin.visits.rules.planning import Band
from huiyin.working_time.public import WorkingCalendar

STEP = timedelta(days=1)
NOT_DRAWN = "not drawn before its last day"

INSERT = f"""
INSERT INTO {Visit._meta.db_table} (
    kind, policy_id, customer_id, purchase_id, amount, due_from, due_by, breach_at, state, sampled, department_id,
    store_id, band, place_band, again_asked, ended_because, way, self_way, script_version, attribution, created_at)
SELECT %(kind)s, %(policy)s, p.customer_id, p.id, p.amount, w.due_from, w.due_by, w.due_by, 'due', %(sampled)s,
    %(department)s, p.store_id, {{band}}, '', false, '', '', %(self_way)s, {{version}},
    jsonb_strip_nulls(jsonb_build_object(
        'store', p.store_id, 'store_size', s.size, 'salesperson', p.salesperson_id)), %(now)s
FROM {Purchase._meta.db_table} p
JOIN {Customer._meta.db_table} c ON c.id = p.customer_id AND c.merged_into_id IS NULL
LEFT JOIN {Store._meta.db_table} s ON s.id = p.store_id
CROSS JOIN LATERAL (SELECT
    (date_trunc('day', p.bought_at AT TIME ZONE %(zone)s) + %(from_days)s * interval '1 day') AT TIME ZONE %(zone)s
        AS due_from,
    (date_trunc('day', p.bought_at AT TIME ZONE %(zone)s) + %(by_days)s * interval '1 day') AT TIME ZONE %(zone)s
        AS due_by) w
WHERE p.bought_at >= %(first)s AND p.bought_at < %(last)s AND w.due_by > %(now)s
    AND NOT p.is_return AND p.amount > 0 AND p.state = %(done)s
    AND NOT EXISTS (SELECT FROM {Visit._meta.db_table} v WHERE v.kind = %(kind)s AND v.purchase_id = p.id)
ORDER BY p.id
ON CONFLICT DO NOTHING
"""  # noqa: S608 - table names only; values are parameters


def draw_due(call: Call) -> int:
    """Makes every visit that a purchase or an occasion owes by now; returns how many are new.

    A visit appears as soon as its purchase is known, so that a week can be planned ahead; its time to visit begins
    later. Each day of purchases is a transaction of its own: after a kill the days that were done stay. Running twice,
    also at once, adds nothing twice: one visit per kind and purchase. What falls together for a customer is merged.
    """
    rules = rules_in_force(call.now.date())
    calendar = hours_of(rules)
    today = today_in(calendar, call.now)
    made, each_day = 0, Call(call.actor, call.now)  # a form's key is for the form's own action
    bands = rules.plan_policy.bands
    for policy in policies_in_force(today):
        if policy.is_active and policy.trigger == Trigger.PURCHASE:
            first, _ = purchases_due(policy.due_days, today)
            days = [first + STEP * number for number in range((today - first).days + 1)]
            made += sum(draw_day(each_day, policy, day, calendar, bands) for day in days)
        elif policy.is_active and (what := due_occasion(policy, today)):
            made += draw_occasion(each_day, policy, what, calendar, bands, today)
    merge_due(each_day)
    return made


@action("visits.draw_due")
def draw_day(act: Act, policy: VisitPolicy, day: date, calendar: WorkingCalendar, bands: tuple[Band, ...]) -> int:
    """Makes the visits that the purchases of one day owe; returns how many are new."""
    band, numbers = band_case(bands)
    version, lot = version_lot(policy, today_in(calendar, act.now))
    values: dict[str, Any] = {
        "kind": policy.code,
        "policy": policy.pk,
        "sampled": policy.sampled,
        "self_way": policy.self_way,
        "department": policy.department_id or visiting_department(),
        "zone": calendar.zone.key,
        "from_days": policy.days_from,
        "by_days": policy.days_by + 1,
        "first": datetime.combine(day, time(), calendar.zone),
        "last": datetime.combine(day + STEP, time(), calendar.zone),
        "now": act.now,
        "done": PurchaseState.DONE.value,
        **numbers,
        **lot,
    }
    with connection.cursor() as cursor:
        cursor.execute(INSERT.format(band=band, version=version), values)
        return int(cursor.rowcount)


@action("visits.lapse")
def lapse(act: Act) -> int:
    """Ends sampled visits that were not drawn before their last day; returns how many. One statement."""
    over = Visit.objects.filter(state=State.DUE, sampled=True, due_by__lte=act.now)
    over = over.exclude(Exists(Invitation.objects.filter(visit=OuterRef("pk"), state__in=RUNNING)))
    return over.update(state=State.LAPSED, ended_at=act.now, ended_because=NOT_DRAWN, made_with=None)
