"""Does a change to many cases in slices: each slice is one transaction, so that every case is changed once however
often the worker dies, and a person who waits for one of the cases waits for a moment only.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import QuerySet

from huiyin.cases.actions.at_hand import Hand, holding, put_down, take_in_hand
from huiyin.cases.actions.changes import make_changes
from huiyin.cases.actions.given_notice import told_together
from huiyin.cases.actions.many import give_many, given_together, stored, tell_of_many
from huiyin.cases.actions.moving import in_sight
from huiyin.cases.actions.telling_watchers import followers
from huiyin.cases.actions.undo_change import made_by, undo_change
from huiyin.cases.models import BUSY, BulkItem, BulkState, BulkWork, Case, ItemState
from huiyin.cases.queries.bulk import alike_after
from huiyin.cases.queries.settings import conduct_at
from huiyin.cases.queries.snapshots import differences, snapshot
from huiyin.cases.rules.changes import Change, read_changes, why_none
from huiyin.cases.rules.states import STATE_LABELS
from huiyin.foundation.actions import Act, action
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Conflict, Refused
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.organisation.public import actor_of

log = logging.getLogger(__name__)
BROKEN = message(
    _("Something is wrong with this case itself. It was left as it is; the administrator finds it in the log.")
)
CRASHED = "case %s could not be changed with others: %s"
LATER = (OperationalError, InterfaceError)
"""The database is away or two waited for each other: the job is tried again."""
ONE_BY_ONE = 25
TOGETHER = 500


def do_bulk(clock: Callable[[], Call], work_id: int) -> None:
    """Does what was asked for as the person who asked, with the rights of the moment; told twice is as good as once."""
    work = BulkWork.objects.select_related("asked_by").filter(pk=work_id, state__in=BUSY).first()
    if work is None:
        return
    actor = actor_of(work.asked_by)
    while _go_on(lambda: Call(actor, clock().now), work_id):
        continue
    end_bulk(clock(), work_id)


def _go_on(call: Callable[[], Call], work_id: int) -> int:
    """The next cases; where one of them breaks what is done together, each by itself."""
    try:
        return work_slice(call(), work_id)
    except LATER:
        raise
    except Exception as error:  # noqa: BLE001 - one case must not hold up the others
        _log("a slice of the change %s to many cases failed, each is tried by itself: %s", work_id, error)
    waiting = BulkItem.objects.filter(work_id=work_id, state=ItemState.WAITING).order_by("case_id")
    ids = list(waiting.values_list("case_id", flat=True)[:ONE_BY_ONE])
    return sum(_alone(call(), work_id, case_id) for case_id in ids)


def _alone(call: Call, work_id: int, case_id: int) -> int:
    try:
        return work_slice(call, work_id, only=case_id)
    except LATER:
        raise
    except Exception as error:  # noqa: BLE001 - as above
        _log(CRASHED, case_id, error)
        return give_up(call, work_id, case_id)


@action("cases.give_up_one")
def give_up(act: Act, work_id: int, case_id: int) -> int:  # noqa: ARG001 - every action has it
    """Counts a case that cannot even be read as refused; 1, or 0 when it is done already or somebody holds it."""
    waiting = BulkItem.objects.filter(work_id=work_id, case_id=case_id, state=ItemState.WAITING)
    items = _taken(waiting, 1)
    for item in items:
        refuse(item, BROKEN)
        item.save(update_fields=["state", "why"])
    return len(items)


@action("cases.do_many")
def work_slice(act: Act, work_id: int, *, only: int | None = None) -> int:
    """The next cases of a work (or ``only`` one); how many, 0 when there are none left or somebody wants no more."""
    work = BulkWork.objects.filter(pk=work_id, state__in=BUSY, stop_wanted=False).first()
    if work is None or not work.asked_by.is_active:
        return 0
    changes = read_changes(work.changes)
    waiting = BulkItem.objects.filter(work=work, state=ItemState.WAITING).order_by("case_id")
    if only is not None:
        waiting = waiting.filter(case_id=only)
    together = given_together(changes, waiting) if not work.undoes_id and only is None else None
    items = _taken(together, TOGETHER) if together is not None else []
    by_hand = give_many(act, changes[0], items) if items else _taken(waiting, ONE_BY_ONE)
    items = items or by_hand
    if items and work.state == BulkState.WAITING:
        BulkWork.objects.filter(pk=work_id).update(state=BulkState.RUNNING, begun_at=act.now)
    _one_by_one(act, work, by_hand)
    return len(items)


def _taken(waiting: QuerySet[BulkItem], most: int) -> list[BulkItem]:
    """The next of them that no other worker holds."""
    return list(waiting.select_for_update(of=("self",), skip_locked=True)[:most])


@dataclass
class _Slice:
    """What is read once for all cases of a slice: which are so already, what to take back, and how they were."""

    changes: tuple[Change, ...]
    hand: Hand
    alike: set[int]
    undone: dict[int, BulkItem]
    before: dict[int, tuple[dict[str, Any], set[int]]] = field(default_factory=dict)


def _one_by_one(act: Act, work: BulkWork, items: list[BulkItem]) -> None:
    """The cases of a slice, each by itself; read and written down together."""
    ids = [item.case_id for item in items]
    if not ids:
        return
    piece = _read(act, work, ids)
    with told_together(), holding(piece.hand):
        for item in items:
            _one(act, work, item, piece)
    for case in Case.objects.filter(pk__any_of=list(piece.before)):
        _note_change(case, next(item for item in items if item.case_id == case.pk), *piece.before[case.pk])
    BulkItem.objects.bulk_update(items, ["state", "why", "before", "after", "made"])


def _read(act: Act, work: BulkWork, ids: list[int]) -> _Slice:
    changes, hand = read_changes(work.changes), take_in_hand(act, ids)
    alike = alike_after(changes)
    same = Case.objects.filter(alike, pk__any_of=ids) if alike is not None and not work.undoes_id else None
    undone = BulkItem.objects.filter(work_id=work.undoes_id or 0, case__in=ids).select_related("work")
    return _Slice(
        changes,
        hand,
        set() if same is None else set(same.values_list("pk", flat=True)),
        {item.case_id: item for item in undone} if work.undoes_id else {},
    )


def _one(act: Act, work: BulkWork, item: BulkItem, piece: _Slice) -> None:
    """One case, in a savepoint of its own: a refusal, or an error nobody foresaw, leaves nothing but its reason."""
    try:
        with transaction.atomic():
            if work.undoes_id:
                _undo(act, item, piece)
            else:
                _change(act, item, piece)
    except Refused as refusal:
        _leave(item, piece, refusal.why)
    except LATER:
        raise
    except Exception as error:  # noqa: BLE001 - one case must not hold up the others
        _log(CRASHED, item.case_id, error)
        _leave(item, piece, BROKEN)


def _leave(item: BulkItem, piece: _Slice, why: Message) -> None:
    refuse(item, why)
    item.made = {}
    piece.before.pop(item.case_id, None)
    put_down(item.case_id)


def _log(text: str, key: int, error: Exception) -> None:
    """The kind of error alone: its words may hold what a customer said."""
    log.error(text, key, type(error).__name__)


def refuse(item: BulkItem, why: Message) -> None:
    """Keeps why a case was not changed (not saved)."""
    item.state, item.why = ItemState.REFUSED, stored(why)


def _change(act: Act, item: BulkItem, piece: _Slice) -> None:
    case = in_sight(act, item.case_id, "watch")
    if why := _why(act, piece.changes, case, in_area=case.pk in piece.hand.area):
        raise Conflict(why)
    if case.pk in piece.alike:
        item.state = ItemState.SAME
        return
    piece.before[case.pk] = snapshot(case), set(followers(case))
    item.made = made_by(make_changes(act, case.pk, piece.changes))
    item.state = ItemState.DONE


def _note_change(case: Case, item: BulkItem, before: dict[str, Any], following: set[int]) -> None:
    """What was, what is, and who follows it now (not saved)."""
    item.before, item.after = differences(before, snapshot(case))
    if fresh := sorted(set(followers(case)) - following):
        item.made["watchers"] = fresh


def _why(act: Act, changes: Sequence[Change], case: Case, *, in_area: bool) -> Message | None:
    rights = {change.kind.right for change in changes if act.actor.may(change.kind.right)}
    return why_none(changes, state=case.state, label=STATE_LABELS[case.state], in_area=in_area, rights=rights)


def _undo(act: Act, item: BulkItem, piece: _Slice) -> None:
    """The actor's own change, also where it gave the case away."""
    undo_change(act, piece.hand.cases[item.case_id], piece.undone[item.case_id])
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
