"""The promises of a visit: made when it is planned or owed, kept or dropped when it ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from huiyin.foundation.actions import Act
from huiyin.kernel.actor import SYSTEM
from huiyin.promises.public import (
    Promise,
    cancel_promise,
    cancel_promises,
    hand_over,
    keep_promises,
    make_promise,
    visible_promises,
)
from huiyin.visits.actions.telling_case import tell_who_revisits
from huiyin.visits.models import Visit
from huiyin.working_time.public import Span, Unit

CALL, RECORD, ANSWER = "visit.call", "visit.record", "visit.answer_owed"
PLAN_CHANGED = "planned anew"


def promise_calls(act: Act, visits: Iterable[Visit], *, calendar: str) -> None:
    """Owes the calls: an owed visit by its target, a drawn one by the end of its planned window.

    A standing promise of an owed visit keeps its deadline and changes hands; that of a drawn one is planned anew.
    """
    every = list(visits)
    standing = {
        each.subject_id: each
        for each in visible_promises(SYSTEM)
        .unsettled()
        .filter(kind=CALL, subject=Visit._meta.label_lower, subject_id__in=[visit.pk for visit in every])
    }
    for visit in every:
        tell_who_revisits(act, visit)
        _promise_call(act, visit, standing.get(visit.pk), calendar)


def _promise_call(act: Act, visit: Visit, standing: Promise | None, calendar: str) -> None:
    due = visit.due_by if not visit.sampled else (visit.window_end or visit.due_by)
    if standing and (not visit.sampled or standing.due_at == due):
        if standing.owner_id != visit.agent_id:
            hand_over(act.call, subject=visit, owner=visit.agent_id, department=visit.department_id)
        return
    if standing:
        cancel_promise(act.call, kind=CALL, subject=visit, reason=PLAN_CHANGED)
    span = Span(round(max(due - act.now, timedelta()) / timedelta(hours=1), 2), Unit.HOURS)
    make_promise(
        act.call, kind=CALL, subject=visit, span=span, due_at=max(due, act.now), calendar=calendar, **_whose(visit)
    )


def _whose(visit: Visit) -> dict[str, Any]:
    return {
        "owner": visit.agent_id,
        "department": visit.department_id,
        "store": visit.store_id,
        "customer": visit.customer_id,
        "title": f"{visit.customer.number} {visit.customer.name}",
        "policy": str(visit.policy),
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
