"""Makes one visit owed: after a settled case, on an agreed date, or by hand."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.visits.actions.place import place_owed
from huiyin.visits.models import Visit, VisitPolicy
from huiyin.visits.queries.policies import hours_of, rules_in_force, visiting_department
from huiyin.working_time.public import Span, Unit, deadline

DEFAULT_HOURS = 24


@action("visits.owe", needs="visits.work")
def owe_visit(
    act: Act,
    policy: VisitPolicy,
    *,
    customer_id: int,
    case_id: int | None = None,
    start: datetime | None = None,
    not_agent: int | None = None,
    store: int | None = None,
) -> Visit:
    """Makes a visit owed from ``start`` (default now), plans it at once and promises it.

    While an open visit of the kind exists for the case, that one is returned.

    Raises:
        Conflict: somebody else has just made it.
    """
    begins = start or act.now
    standing = Visit.objects.open().filter(kind=policy.code, case=case_id).first() if case_id else None
    if standing:
        return standing
    visit = _new(act, policy, begins, customer_id, case_id, not_agent, store)
    place_owed(act, visit)
    act.record(visit, customer_id=customer_id, policy=str(policy))
    return visit


def _new(
    act: Act,
    policy: VisitPolicy,
    begins: datetime,
    customer_id: int,
    case_id: int | None,
    not_agent: int | None,
    store: int | None,
) -> Visit:
    due_by = begins + timedelta(hours=policy.target_hours or DEFAULT_HOURS)
    visit = Visit(
        kind=policy.code,
        policy=policy,
        customer_id=customer_id,
        case_id=case_id,
        due_from=begins,
        due_by=due_by,
        breach_at=_breach(policy, begins, due_by),
        department_id=policy.department_id or visiting_department(),
        store_id=store,
        not_agent_id=not_agent if policy.not_handler else None,
        attribution={key: value for key, value in (("handler", not_agent), ("store", store)) if value},
        created_at=act.now,
    )
    try:
        with transaction.atomic():
            visit.save(force_insert=True)
    except IntegrityError:
        raise Conflict(message(_("This visit has just been made by somebody else."))) from None
    return visit


def _breach(policy: VisitPolicy, begins: datetime, due_by: datetime) -> datetime:
    """From when it is late: after so many working days, or at the target itself."""
    if not policy.breach_working_days:
        return due_by
    calendar = hours_of(rules_in_force(begins.date()))
    span = Span(policy.breach_working_days, Unit.WORKING_DAYS)
    return max(due_by, deadline(calendar, begins, span).at)
