"""Giving many cases to a person in a few statements, where they stay in their department and no clock is touched.

What crosses departments starts and ends clocks between them: that is done case by case, as by hand.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from huiyin.cases.actions.at_hand import take_in_hand
from huiyin.cases.actions.giving import give_at_once
from huiyin.cases.models import BulkItem, BulkWork, Case, ItemState
from huiyin.cases.queries.sla import policy_of
from huiyin.cases.queries.snapshots import differences, snapshot
from huiyin.cases.rules.changes import Change, read_changes, why_not
from huiyin.cases.rules.sla import REACHED
from huiyin.cases.rules.states import STATE_LABELS
from huiyin.channels.public import notify_staff
from huiyin.foundation.actions import Act
from huiyin.kernel.refusal import NotFound
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.organisation.public import Department, Staff

GONE = NotFound().why


def given_together(changes: tuple[Change, ...], waiting: QuerySet[BulkItem]) -> QuerySet[BulkItem] | None:
    """Of the cases to do those that go to the person in a few statements; None where each is done by itself."""
    if len(changes) != 1 or changes[0].do != "assign":
        return None
    person = Staff.objects.filter(pk=changes[0].values["staff_id"], is_active=True).first()
    if person is None:
        return None
    return waiting.filter(case__department_id=person.department_id) if person.department_id else waiting


def give_many(act: Act, change: Change, items: list[BulkItem]) -> list[BulkItem]:
    """Gives a slice of cases to the person, each by the rules of one; answers with those that are to be done by hand.

    Refusals, and what was before, are kept in the items.
    """
    owner = int(change.values["staff_id"])
    by_case = {item.case_id: item for item in items}
    hand = take_in_hand(act, list(by_case))
    given: list[Case] = []
    by_hand: list[Case] = []
    for case in hand.cases.values():
        item = by_case[case.pk]
        why = GONE if case.pk not in hand.sight else _why(act, change, case, in_area=case.pk in hand.area)
        if why is not None:
            item.state, item.why = ItemState.REFUSED, stored(why)
        elif case.owner_id == owner:
            item.state = ItemState.SAME
        else:
            (by_hand if _has_clock_to_keep(case) else given).append(case)
    _give(act, owner, given, by_case)
    later = [by_case[case.pk] for case in by_hand]
    told = [item for item in items if item not in later]
    BulkItem.objects.bulk_update(told, ["state", "why", "before", "after"], batch_size=500)
    return later


def _has_clock_to_keep(case: Case) -> bool:
    """Whether being given to somebody reaches a goal of the case's policy."""
    return any(clock.goal in REACHED["assign"] for clock in policy_of(case).clocks)


def _why(act: Act, change: Change, case: Case, *, in_area: bool) -> Message | None:
    rights = {change.kind.right} if act.actor.may(change.kind.right) else set[str]()
    return why_not(change, state=case.state, label=STATE_LABELS[case.state], in_area=in_area, rights=rights)


def stored(why: Message) -> dict[str, Any]:
    """A message as it is kept."""
    return {"text": why.text, "params": {name: str(value) for name, value in why.params.items()}}


def _give(act: Act, owner: int, cases: list[Case], by_case: dict[int, BulkItem]) -> None:
    before = [(snapshot(case), case.owner_id) for case in cases]
    give_at_once(act, cases, owner)
    lines = []
    for case, (had, was) in zip(cases, before, strict=True):
        item = by_case[case.pk]
        item.before, item.after = differences(had, snapshot(case))
        item.state = ItemState.DONE
        lines.append((case, {"many": item.work_id, "before": was, "to": owner}))
    act.record_each(lines, customers={case.pk: case.customer_id for case in cases})


def tell_of_many(act: Act, work: BulkWork) -> None:
    """One notice to who got cases, however many they are."""
    count = BulkItem.objects.filter(work=work, state=ItemState.DONE).count()
    for change in read_changes(work.changes) if count else ():
        people, text = _told(change)
        if text:
            who = [person for person in people if person and person != work.asked_by_id]
            notify_staff(act.call, who, message(text, name=work.asked_by.name, count=count), page="cases")


def _told(change: Change) -> tuple[list[int | None], str]:
    if change.do == "assign":
        return [change.values["staff_id"]], _("%(name)s gave you %(count)d cases.")
    if change.do == "route":
        heads = Department.objects.filter(pk=change.values["department_id"]).values_list("head_id", flat=True)
        return list(heads), _("%(name)s passed %(count)d cases to your department.")
    return [], ""
