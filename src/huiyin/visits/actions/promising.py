"""The promises of a visit: made when it is planned or owed, kept or dropped when it ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from huiyin.foundation.actions import Act
from huiyin.promises.public import (
    Wanted,
    cancel_promises,
    hand_over,
    keep_promises,
    let_go_many,
    make_promise,
    promise_anew,
)
from huiyin.visits.actions.joining import bring_along
from huiyin.visits.actions.telling_case import tell_who_revisits
from huiyin.visits.models import Visit
from huiyin.visits.queries.policies import policy_of
from huiyin.working_time.public import Span, Unit

CALL, RECORD, ANSWER = "visit.call", "visit.record", "visit.answer_owed"
PLAN_CHANGED = "planned anew"


def promise_calls(act: Act, visits: Iterable[Visit], *, calendar: str) -> None:
    """Owes the calls: an owed visit by its target, a drawn one by the end of its planned window.

    A standing promise of an owed visit keeps its deadline and changes hands; that of a drawn one is planned anew. What
    is made with a visit is promised along with it.
    """
    every = list(visits)
    every += bring_along(every)
    for visit in every:
        tell_who_revisits(act, visit)
    promise_anew(act.call, [_call_wanted(act, visit, calendar) for visit in every], reason=PLAN_CHANGED)


def hand_along(act: Act, leader: Visit) -> None:
    """What is made with a visit goes to its agent as well, with all that is promised about it."""
    for each in bring_along([leader]):
        hand_over(act.call, subject=each, owner=each.agent_id, department=each.department_id)
        tell_who_revisits(act, each)


def _call_wanted(act: Act, visit: Visit, calendar: str) -> Wanted:
    due = visit.promised_by
    span = Span(round(max(due - act.now, timedelta()) / timedelta(hours=1), 2), Unit.HOURS)
    return Wanted(
        kind=CALL,
        subject=visit,
        span=span,
        due_at=max(due, act.now),
        calendar=calendar,
        firm=not visit.sampled,
        **_whose(visit),
    )


def drop_calls(act: Act, visits: Iterable[Visit]) -> None:
    """Many drawn visits left the plan: their calls are owed no more."""
    ids = [visit.pk for visit in visits]
    let_go_many(act.call, (CALL, RECORD), Visit._meta.label_lower, ids, reason=PLAN_CHANGED)


def _whose(visit: Visit) -> dict[str, Any]:
    return {
        "owner": visit.agent_id,
        "department": visit.department_id,
        "store": visit.store_id,
        "customer": visit.customer_id,
        "title": f"{visit.customer.number} {visit.customer.name}",
        "policy": str(policy_of(visit.policy_id)),
    }


def promise_record(act: Act, visit: Visit, *, calendar: str) -> None:
    """Owes the record of a contact (VIS-26)."""
    within = visit.policy.attempts.record_within / timedelta(hours=1)
    make_promise(
        act.call,
        kind=RECORD,
        subject=visit,
        span=Span(within, Unit.HOURS),
        start=visit.contact_at,
        calendar=calendar,
        **_whose(visit),
    )


def keep_promised(act: Act, visit: Visit, evidence: str) -> None:
    """The customer was visited and the record is complete."""
    keep_promises(act.call, kinds=(CALL, RECORD), subject=visit, evidence=evidence)


def drop_promises(act: Act, visit: Visit, reason: str) -> None:
    """The visit ended otherwise: nothing is owed any more."""
    cancel_promises(act.call, kinds=(CALL, RECORD), subject=visit, reason=reason)
