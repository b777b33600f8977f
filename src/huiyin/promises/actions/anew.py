"""Brings what is owed about thousands of subjects to what is wanted now, in a handful of statements."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import transaction

from huiyin.foundation.copying import copy_columns, update_rows
from huiyin.kernel.call import Call
from huiyin.promises.actions.make import Key, Wanted, planned
from huiyin.promises.models import UNSETTLED, Promise, PromiseState
from huiyin.promises.rules.ladder import Ladder, ladder_moments
from huiyin.working_time.public import WorkingCalendar

Moments = tuple[datetime, datetime, datetime]
SAME = ("kind", "title", "subject", "subject_id", "customer_id", "policy", "calendar", "calendar_version", "state")
PLAIN = (*SAME, "owner_id", "department_id", "store_id", "start_at", "span_amount", "span_unit", "due_at", "agreed_at")


def promise_anew(call: Call, wanted: Sequence[Wanted], *, reason: str) -> int:
    """Makes these promises, or brings those that stand to them; returns how many were made.

    One that stands with another deadline is let go of with ``reason`` and made anew, unless it is wanted ``firm``, or
    is late and wanted at once; one whose deadline stays changes hands where somebody else is wanted. Doing it twice
    changes nothing more.
    """
    with transaction.atomic(savepoint=False):
        standing = _standing(wanted)
        stays = {each.key for each in wanted if _stays(call, each, standing.get(each.key))}
        _hand_over([(standing[each.key], each) for each in wanted if each.key in stays])
        outdated = [standing[each.key].pk for each in wanted if each.key in standing and each.key not in stays]
        _let_go(call, outdated, reason)
        moments = _Moments()
        fresh = [planned(call, each, moments) for each in wanted if each.key not in stays]
        _write(fresh)
    return len(fresh)


def let_go_many(call: Call, kinds: Iterable[str], subject: str, subject_ids: Collection[int], *, reason: str) -> int:
    """Lets go of all that is owed of these kinds about many subjects of one table, in two statements; how many."""
    owed = Promise.objects.filter(
        subject=subject, subject_id__any_of=list(subject_ids), kind__in=list(kinds), state__in=UNSETTLED
    )
    return _let_go(call, list(owed.select_for_update().order_by("pk").values_list("pk", flat=True)), reason)


def _standing(wanted: Sequence[Wanted]) -> dict[Key, Promise]:
    """What is owed already, locked; in the order of the keys, so that two who do this at once wait for each other."""
    found: dict[Key, Promise] = {}
    for subject in {each.key[1] for each in wanted}:
        mine = [each.key for each in wanted if each.key[1] == subject]
        owed = Promise.objects.filter(
            subject=subject, subject_id__any_of=[key[2] for key in mine], kind__in={key[0] for key in mine}
        )
        rows = owed.filter(state__in=UNSETTLED).select_for_update().order_by("pk")
        found |= {(each.kind, each.subject, each.subject_id): each for each in rows}
    return found


def _stays(call: Call, wanted: Wanted, standing: Promise | None) -> bool:
    return standing is not None and (wanted.firm or max(standing.due_at, call.now) == wanted.due_at)


def _hand_over(pairs: Sequence[tuple[Promise, Wanted]]) -> None:
    moving = [
        (promise.pk, each.owner, each.department or promise.department_id)
        for promise, each in pairs
        if promise.owner_id != each.owner
    ]
    ids, owners, departments = ([row[at] for row in moving] for at in range(3))
    update_rows(Promise, {"id": ids, "owner_id": owners, "department_id": departments})


def _let_go(call: Call, ids: Sequence[int], reason: str) -> int:
    if not ids:
        return 0
    settled = {"state": PromiseState.CANCELLED, "settled_at": call.now, "next_at": None, "evidence": reason[:200]}
    return Promise.objects.filter(pk__any_of=list(ids)).update(**settled)


class _Moments:
    """The ladder's moments, reckoned once for all promises that run from one moment to another."""

    def __init__(self) -> None:
        self._known: dict[tuple[Ladder, str, datetime, datetime], Moments] = {}

    def __call__(self, ladder: Ladder, hours: WorkingCalendar, start: datetime, due: datetime) -> Moments:
        key = (ladder, hours.code, start, due)
        if key not in self._known:
            self._known[key] = ladder_moments(ladder, hours, start, due)
        return self._known[key]


def _write(promises: Sequence[Promise]) -> None:
    columns = {name: [getattr(each, name) for each in promises] for name in PLAIN}
    columns["next_at"] = [each.next_at for each in promises]
    columns["ladder_at"] = [_array(each.ladder_at) for each in promises]
    columns |= {"step": [0] * len(promises), "moved_reason": [""] * len(promises), "evidence": [""] * len(promises)}
    copy_columns(Promise, columns)


def _array(moments: Sequence[datetime]) -> str:
    return "{" + ",".join(f'"{moment.isoformat()}"' for moment in moments) + "}"
