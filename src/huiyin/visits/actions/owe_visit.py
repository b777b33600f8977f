"""Makes one visit owed: after a settled case, on an agreed date, by hand, or because a row of a room above wants it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.public import Store
from huiyin.visits.actions.merging import merge_waiting
from huiyin.visits.actions.place import place_owed
from huiyin.visits.models import Visit, VisitPolicy
from huiyin.visits.queries.policies import company_today, hours_of, rules_in_force, visiting_department
from huiyin.visits.queries.script_lots import split_on
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
    due_by: datetime | None = None,
    not_agent: int | None = None,
    store: int | None = None,
    about: tuple[str, int] | None = None,
    wish: str = "",
) -> Visit:
    """Makes a visit owed from ``start`` (default now), plans it at once, or into a call that is due, and promises it.

    It is due by ``due_by``, else after the policy's hours. ``about`` (label and key) is the row that wants it, ``wish``
    what it wants to be asked. While an open visit of the kind exists for the case or the row, that one is returned.

    Raises:
        Conflict: somebody else has just made it.
    """
    begins = start or act.now
    standing = _standing(policy.code, case_id, about)
    if standing:
        return standing
    visit = _new(act, policy, begins, due_by, customer_id, case_id, not_agent, store)
    if about:
        visit.about_label, visit.about_id = about
    visit.wish = wish.strip()
    _insert(visit)
    merged = merge_waiting(act, customer_id)
    if visit.pk not in merged:
        place_owed(act, visit)
    visit = merged.get(visit.pk, visit)
    act.record(visit, customer_id=customer_id, policy=str(policy))
    return visit


def _standing(kind: str, case_id: int | None, about: tuple[str, int] | None) -> Visit | None:
    rows = Visit.objects.open().filter(kind=kind)
    if case_id:
        return rows.filter(case=case_id).first()
    return rows.filter(about_label=about[0], about_id=about[1]).first() if about else None


def _whose(handler: int | None, store: int | None) -> dict[str, int | str]:
    """Whose work and which store it is about, as it is now."""
    sizes = Store.objects.filter(pk=store).values_list("size", flat=True) if store else ()
    named = {"handler": handler, "store": store, "store_size": next(iter(sizes), None)}
    return {key: value for key, value in named.items() if value}


def _new(
    act: Act,
    policy: VisitPolicy,
    begins: datetime,
    until: datetime | None,
    customer_id: int,
    case_id: int | None,
    not_agent: int | None,
    store: int | None,
) -> Visit:
    split = split_on(policy, company_today(act.now))
    due_by = until or begins + timedelta(hours=policy.target_hours or DEFAULT_HOURS)
    return Visit(
        kind=policy.code,
        policy=policy,
        customer_id=customer_id,
        case_id=case_id,
        due_from=begins,
        due_by=due_by,
        breach_at=_breach(policy, begins, due_by),
        department_id=policy.department_id or visiting_department(),
        store_id=store,
        self_way=policy.self_way,
        script_version=split.version_for(customer_id) if split else None,
        not_agent_id=not_agent if policy.not_handler else None,
        attribution=_whose(not_agent, store),
        created_at=act.now,
    )


def _insert(visit: Visit) -> None:
    try:
        with transaction.atomic():
            visit.save(force_insert=True)
    except IntegrityError:
        raise Conflict(message(_("This visit has just been made by somebody else."))) from None


def _breach(policy: VisitPolicy, begins: datetime, due_by: datetime) -> datetime:
    """From when it is late: after so many working days, or at the target itself."""
    if not policy.breach_working_days:
        return due_by
    calendar = hours_of(rules_in_force(begins.date()))
    span = Span(policy.breach_working_days, Unit.WORKING_DAYS)
    return max(due_by, deadline(calendar, begins, span).at)
