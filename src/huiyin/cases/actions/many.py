"""Giving many cases to a person or a department in a few statements: no guard stands on it, no clock moves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection

from huiyin.cases.models import BulkItem, BulkWork, Case, ItemState
from huiyin.cases.queries.snapshots import differences, snapshot
from huiyin.cases.rules.changes import Change, read_changes, why_not
from huiyin.cases.rules.states import STATE_LABELS
from huiyin.channels.public import notify_staff
from huiyin.foundation.actions import Act
from huiyin.kernel.refusal import NotFound
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.organisation.public import Department, Staff
from huiyin.promises.public import hand_over_many

GONE = NotFound().why
NOBODY = message(_("There is no such person at work."))
NOWHERE = message(_("There is no such department."))
Target = tuple[int | None, int | None]
"""The owner and the department that cases get; a department of None leaves them where they are."""
_GIVE = """
    UPDATE cases_case c SET owner_id = %(owner)s,
           involved = CASE WHEN %(department)s::bigint IS NULL OR %(department)s = c.department_id OR NOT %(by_person)s
                           THEN c.involved
                           ELSE (SELECT array_agg(DISTINCT x ORDER BY x)
                                   FROM unnest(coalesce(c.involved, '{}') || c.department_id) x
                                  WHERE x <> %(department)s) END,
           department_id = coalesce(%(department)s, c.department_id)
     WHERE c.id = ANY(%(ids)s)
    RETURNING c.id, c.involved
"""


def give_many(act: Act, change: Change, items: list[BulkItem]) -> None:
    """Gives a slice of cases away, each by the rules of one; refusals and what was before are kept in the items."""
    target = _target(change)
    by_case = {item.case_id: item for item in items}
    cases = list(Case.objects.filter(pk__any_of=list(by_case)).select_for_update().order_by("pk"))
    area = set(Case.objects.in_area_of(act.actor).filter(pk__any_of=list(by_case)).values_list("pk", flat=True))
    sight = set(Case.objects.visible_to(act.actor).filter(pk__any_of=list(by_case)).values_list("pk", flat=True))
    given = []
    for case in cases:
        why = target if isinstance(target, Message) else _why(act, change, case, area, sight)
        item = by_case[case.pk]
        if why is not None:
            item.state, item.why = ItemState.REFUSED, _stored(why)
        elif _is_there(case, target, change):
            item.state = ItemState.SAME
        else:
            given.append(case)
    if given and not isinstance(target, Message):
        _give(act, change, given, by_case, target)
    BulkItem.objects.bulk_update(items, ["state", "why", "before", "after"], batch_size=500)


def _why(act: Act, change: Change, case: Case, area: set[int], sight: set[int]) -> Message | None:
    if case.pk not in sight:
        return GONE
    rights = {change.kind.right} if act.actor.may(change.kind.right) else set[str]()
    return why_not(change, state=case.state, label=STATE_LABELS[case.state], in_area=case.pk in area, rights=rights)


def _stored(why: Message) -> dict[str, Any]:
    return {"text": why.text, "params": {name: str(value) for name, value in why.params.items()}}


def _target(change: Change) -> Target | Message:
    """Whom the cases go to, or why to nobody."""
    if change.do == "assign":
        person = Staff.objects.filter(pk=change.values["staff_id"], is_active=True).first()
        return (person.pk, person.department_id) if person else NOBODY
    department = Department.objects.filter(pk=change.values["department_id"]).first()
    return (None, department.pk) if department else NOWHERE


def _is_there(case: Case, target: Target | Message, change: Change) -> bool:
    if isinstance(target, Message):
        return False
    owner, department = target
    return case.owner_id == owner and (change.do == "assign" or case.department_id == department)


def _give(act: Act, change: Change, cases: Sequence[Case], by_case: dict[int, BulkItem], target: Target) -> None:
    owner, department = target
    ids = [case.pk for case in cases]
    values: dict[str, Any] = {"owner": owner, "department": department, "ids": ids}
    with connection.cursor() as cursor:
        cursor.execute(_GIVE, values | {"by_person": change.do == "assign"})
        involved = dict(cursor.fetchall())
    hand_over_many(act.call, subject_label="cases.case", ids=ids, owner=owner, department=department)
    lines = []
    for case in cases:
        before, was = snapshot(case), case.owner_id
        case.owner_id, case.involved = owner, involved[case.pk]
        case.department_id = department or case.department_id
        item = by_case[case.pk]
        item.before, item.after = differences(before, snapshot(case))
        item.state = ItemState.DONE
        lines.append((case, {"many": item.work_id, "before": was, "to": owner, "department": case.department_id}))
    act.record_each(lines, customers={case.pk: case.customer_id for case in cases})


MANY: dict[str, Callable[[Act, Change, list[BulkItem]], None]] = {"assign": give_many, "route": give_many}


def tell_of_many(act: Act, work: BulkWork) -> None:
    """One notice to who got cases, however many they are."""
    changes = read_changes(work.changes)
    count = BulkItem.objects.filter(work=work, state=ItemState.DONE).count()
    if len(changes) != 1 or changes[0].do not in MANY or not count:
        return
    target = _target(changes[0])
    if isinstance(target, Message):
        return
    owner, department = target
    if owner is not None:
        people, text = [owner], message(_("%(name)s gave you %(count)d cases."), name=work.asked_by.name, count=count)
    else:
        heads = Department.objects.filter(pk=department or 0, head__isnull=False).values_list("head_id", flat=True)
        people = [head for head in heads if head]
        text = message(_("%(name)s passed %(count)d cases to your department."), name=work.asked_by.name, count=count)
    told = [person for person in people if person != work.asked_by_id]
    notify_staff(act.call, told, text, page="cases")
