"""Says when the links of due visits go out, evenly over the hours of the day: safe to run twice at once (QST-6)."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import connection

from huiyin.foundation.actions import Act, action
from huiyin.kernel.call import Call
from huiyin.visits.models import Invitation, Visit, VisitPolicy
from huiyin.visits.queries.invitations import kinds_to_invite, planned_on_days, to_invite
from huiyin.visits.queries.policies import hours_of, policy_of, rules_in_force
from huiyin.visits.rules.inviting import send_times

AT_ONCE = 20_000
LOCK = 0x696E7669  # one advisory lock space for planning links, keyed by kind
DAY = timedelta(days=1)


def plan_invitations(call: Call) -> int:
    """Plans the links of every visit whose time comes before the day ends; returns how many are new."""
    zone = hours_of(rules_in_force(call.now.date())).zone
    ends = datetime.combine(call.now.astimezone(zone).date() + DAY, time(), zone)
    each = Call(call.actor, call.now)
    return sum(plan_kind(each, policy_of(key), zone, ends) for key in kinds_to_invite(ends))


@action("visits.plan_invitations")
def plan_kind(act: Act, policy: VisitPolicy, zone: ZoneInfo, ends: datetime) -> int:
    """Plans the links of one version of a kind of visit; returns how many are new.

    Where a drawn kind has more visits than links a day, those whose time would be over are not invited.
    """
    with connection.cursor() as cursor:  # two runs at once would both see the same room in a day
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCK, policy.code])
    numbers = policy.invites
    visits = list(to_invite(policy, ends - numbers.delay)[:AT_ONCE])
    earliest = [max(act.now, visit.due_from + numbers.delay).astimezone(zone) for visit in visits]
    taken = Counter(planned_on_days(policy.code, act.now.astimezone(zone)))
    times = send_times(numbers, earliest, taken)
    planned = [
        Invitation(visit=visit, way=visit.self_way, send_at=at, step_at=at)
        for visit, at in zip(visits, times, strict=True)
        if not visit.sampled or at < visit.due_by
    ]
    Invitation.objects.bulk_create(planned, batch_size=1_000)
    return len(planned)


def plan_one(act: Act, visit: Visit, way: str) -> Invitation:
    """Plans the link of one visit by a further way, as soon as the hours of its kind allow."""
    zone = hours_of(rules_in_force(act.now.date())).zone
    (at,) = send_times(visit.policy.invites, [act.now.astimezone(zone)])
    visit.self_way = way
    visit.save(update_fields=["self_way"])
    return Invitation.objects.create(visit=visit, way=way, send_at=at, step_at=at)
