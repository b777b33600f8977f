"""Does a change to many cases in slices: each slice is one transaction, so that every case is changed once however
often the worker dies, and a person who waits for one of the cases waits for a moment only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet

from huiyin.cases.actions.changes import make_changes
from huiyin.cases.actions.given_notice import told_together
from huiyin.cases.actions.many import give_many, given_together, stored, tell_of_many
from huiyin.cases.actions.moving import in_sight
from huiyin.cases.actions.telling_watchers import followers
from huiyin.cases.actions.undo_change import made_by, undo_change
from huiyin.cases.models import BUSY, BulkItem, BulkState, BulkWork, Case, ItemState
from huiyin.cases.queries.bulk import alike_after
from huiyin.cases.queries.detail import in_area
from huiyin.cases.queries.settings import conduct_at
from huiyin.cases.queries.snapshots import differences, snapshot
from huiyin.cases.rules.changes import Change, read_changes, why_none
from huiyin.cases.rules.states import STATE_LABELS
from huiyin.foundation.actions import Act, action
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Conflict, Refused
from huiyin.kernel.words import Message
from huiyin.organisation.public import actor_of

ONE_BY_ONE = 25
TOGETHER = 500


def do_bulk(clock: Callable[[], Call], work_id: int) -> None:
    """Does what was asked for as the person who asked, with the rights of the moment; told twice is as good as once."""
    work = BulkWork.objects.select_related("asked_by").filter(pk=work_id, state__in=BUSY).first()
    if work is None:
        return
    actor = actor_of(work.asked_by)
    while work_slice(Call(actor, clock().now), work_id):
        continue
    end_bulk(clock(), work_id)


@action("cases.do_many")
def work_slice(act: Act, work_id: int) -> int:
    """The next cases of a work; how many they were, 0 when there are none left or somebody wants no more."""
    work = BulkWork.objects.filter(pk=work_id, state__in=BUSY, stop_wanted=False).first()
    if work is None or not work.asked_by.is_active:
        return 0
    changes = read_changes(work.changes)
    waiting = BulkItem.objects.filter(work=work, state=ItemState.WAITING).order_by("case_id")
    together = given_together(changes, waiting) if not work.undoes_id else None
    items = _taken(together, TOGETHER) if together is not None else []
    by_hand = give_many(act, changes[0], items) if items else _taken(waiting, ONE_BY_ONE)
    items = items or by_hand
    if items and work.state == BulkState.WAITING:
        BulkWork.objects.filter(pk=work_id).update(state=BulkState.RUNNING, begun_at=act.now)
    with told_together():
        for item in by_hand:
            _one(act, work, item)
    return len(items)


def _taken(waiting: QuerySet[BulkItem], most: int) -> list[BulkItem]:
    """The next of them that no other worker holds."""
    return list(waiting.select_for_update(of=("self",), skip_locked=True)[:most])


def _one(act: Act, work: BulkWork, item: BulkItem) -> None:
    """One case, in a savepoint of its own: a refusal leaves nothing but its reason."""
    try:
        with transaction.atomic():
            if work.undoes_id:
                _undo(act, work.undoes_id, item)
            else:
                _change(act, work, item)
    except Refused as refusal:
        refuse(item, refusal.why)
    item.save(update_fields=["state", "why", "before", "after", "made"])


def refuse(item: BulkItem, why: Message) -> None:
    """Keeps why a case was not changed (not saved)."""
    item.state, item.why = ItemState.REFUSED, stored(why)


def _change(act: Act, work: BulkWork, item: BulkItem) -> None:
    changes = read_changes(work.changes)
    case = in_sight(act, item.case_id, "watch")
    if why := _why(act, changes, case):
        raise Conflict(why)
    alike = alike_after(changes)
    if alike is not None and Case.objects.filter(alike, pk=case.pk).exists():
        item.state = ItemState.SAME
        return
    before, following = snapshot(case), set(followers(case))
    item.made = made_by(make_changes(act, case.pk, changes))
    case = Case.objects.get(pk=case.pk)
    item.before, item.after = differences(before, snapshot(case))
    if fresh := sorted(set(followers(case)) - following):
        item.made["watchers"] = fresh
    item.state = ItemState.DONE


def _why(act: Act, changes: Sequence[Change], case: Case) -> Message | None:
    rights = {change.kind.right for change in changes if act.actor.may(change.kind.right)}
    area = in_area(act.actor, case)
    return why_none(changes, state=case.state, label=STATE_LABELS[case.state], in_area=area, rights=rights)


def _undo(act: Act, undone: int, item: BulkItem) -> None:
    case = act.lock(Case.objects.all(), item.case_id)  # the actor's own change, also where it gave the case away
    undo_change(act, case, BulkItem.objects.select_related("work").get(work_id=undone, case_id=item.case_id))
    item.state = ItemState.DONE


@action("cases.end_many")
def end_bulk(act: Act, work_id: int) -> None:
    """Writes down that the work is over, unless another worker still holds some of its cases."""
    work = act.lock(BulkWork.objects.all(), work_id)
    left = BulkItem.objects.filter(work=work, state=ItemState.WAITING).exists()
    stopped = work.stop_wanted or not work.asked_by.is_active
    if work.state not in BUSY or (left and not stopped):
        return
    work.state = BulkState.STOPPED if left else BulkState.DONE
    work.ended_at = act.now
    if work.undoes_id is None:
        work.undo_until = act.now + timedelta(minutes=conduct_at(act.now).bulk_undo_minutes)
    work.save(update_fields=["state", "ended_at", "undo_until"])
    act.record(work, state=str(work.state))
    if work.undoes_id is None:
        tell_of_many(act, work)
