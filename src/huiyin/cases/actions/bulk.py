"""A change to many cases: chosen, described, confirmed, stopped, taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from procrastinate.contrib.django import app

from huiyin.cases.models import BUSY, BulkState, BulkWork, Case, CaseQuerySet
from huiyin.cases.queries.bulk import preview_of
from huiyin.cases.queries.queue import CaseFilter, queue
from huiyin.cases.queries.settings import conduct_at
from huiyin.cases.queries.views import view_named
from huiyin.cases.rules.changes import mark_of_changes, read_changes
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Forbidden, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

TASK = "cases.do_bulk"
NOTHING = _("Say what is to be done.")
OTHERWISE = _("Something else is to be done since you opened this page. Nothing was changed; it stands above.")
NEEDS_BULK = "cases.note"
"""Whoever may add a note may choose cases; each change asks for its own right, case by case."""


@action("cases.choose_many", needs=NEEDS_BULK)
def choose_cases(act: Act, *, ids: Sequence[int] = (), everything: CaseFilter | None = None) -> BulkWork:
    """Keeps which cases are meant: those named, or everything a list shows to the actor at this moment.

    Raises:
        Invalid: none are meant, or more than the company allows in one go.
    """
    conduct = conduct_at(act.now)
    rows = Case.objects.visible_to(act.actor).filter(pk__any_of=list(ids))
    if everything is not None:
        rows = queue(act.actor, everything, view_named(act.actor, everything.tab), act.now)
    work = BulkWork.objects.create(asked_by_id=act.actor.staff_id or 0, asked_at=act.now)
    count = _keep(work, rows, conduct.bulk_most + 1)
    if not count:
        raise Invalid(message(_("Choose at least one case.")))
    if count > conduct.bulk_most:
        raise Invalid(message(_("More than %(most)d cases cannot be changed in one go."), most=conduct.bulk_most))
    return work


def _keep(work: BulkWork, rows: CaseQuerySet, most: int) -> int:
    """Writes the chosen cases down in one statement; returns how many they are."""
    try:
        chosen, values = rows.order_by().values("pk")[:most].query.sql_with_params()
    except EmptyResultSet:  # nothing can be found, as without any key
        return 0
    sentence = "INSERT INTO cases_bulkitem (work_id, case_id, state) SELECT %s, id, 'waiting' FROM ({}) chosen(id)"
    with connection.cursor() as cursor:
        cursor.execute(sentence.format(chosen), [work.pk, *values])
        return int(cursor.rowcount)


@action("cases.describe_many", needs=NEEDS_BULK)
def describe_bulk(act: Act, work_id: int, *, changes: Sequence[Mapping[str, Any]]) -> BulkWork:
    """Keeps what is to be done to the chosen cases.

    Raises:
        Invalid: nothing is to be done, or values make no sense. Forbidden: a change that the actor may not make.
    """
    work = _mine(act, work_id)
    read = read_changes(changes)
    if not read:
        raise Invalid(message(NOTHING))
    if not all(act.actor.may(change.kind.right) for change in read):
        raise Forbidden
    work.changes = [change.stored() for change in read]
    work.save(update_fields=["changes"])
    return work


@action("cases.confirm_many", needs=NEEDS_BULK)
def confirm_bulk(act: Act, work_id: int, *, typed: int | None = None, seen: str = "") -> BulkWork:
    """Puts the work to the worker. Over the company's safety stop the number of cases must be typed.

    ``seen`` is the mark of the changes that were shown (empty: not known).

    Raises:
        Invalid: nothing is to be done, the number is missing or wrong, or no case would change.
        Conflict: it has begun already, or something else is to be done than was shown.
    """
    work = _mine(act, work_id)
    if not work.changes:
        raise Invalid(message(NOTHING))
    if seen and seen != mark_of_changes(work.changes):
        raise Conflict(message(OTHERWISE))
    preview = preview_of(act.actor, work)
    if not preview.changes:
        raise Invalid(message(_("None of these cases would change.")))
    if preview.chosen > conduct_at(act.now).bulk_stop and typed != preview.chosen:
        why = message(_("Type the number of cases, %(count)d, to go on."), count=preview.chosen)
        raise Invalid(why, {"typed": why})
    return _begin(act, work)


def _begin(act: Act, work: BulkWork) -> BulkWork:
    work.state, work.asked_at = BulkState.WAITING, act.now
    work.save(update_fields=["state", "asked_at"])
    act.record(work, changes=work.changes, undoes=work.undoes_id)
    _put_to_worker(work)
    return work


def _put_to_worker(work: BulkWork) -> None:
    app.configure_task(TASK, lock=f"bulk:{work.pk}").defer(work_id=work.pk)


@action("cases.stop_many", needs=NEEDS_BULK)
def stop_bulk(act: Act, work_id: int) -> BulkWork:
    """Stops the work: what is changed stays changed, and can be taken back; the rest stays as it was.

    Raises:
        Conflict: it is not going on.
    """
    work = act.lock(BulkWork.objects.filter(asked_by_id=act.actor.staff_id), work_id)
    if work.state not in BUSY:
        raise Conflict(message(_("This work has ended already.")))
    work.stop_wanted = True
    work.save(update_fields=["stop_wanted"])
    act.record(work)
    _put_to_worker(work)  # ends it also where its job has failed for good
    return work


@action("cases.undo_many", needs=NEEDS_BULK)
def undo_bulk(act: Act, work_id: int) -> BulkWork:
    """Takes a change to many cases back, as a work of its own: what somebody changed since stays.

    Raises:
        Conflict: it is still going on, the time to take it back is over, or it was taken back already.
    """
    work = act.lock(BulkWork.objects.filter(asked_by_id=act.actor.staff_id), work_id)
    if work.undo_until is None or work.undoes_id or act.now > work.undo_until:
        raise Conflict(message(_("This cannot be taken back any more.")))
    if BulkWork.objects.filter(undoes=work).exists():
        raise Conflict(message(_("This has been taken back already.")))
    me = act.actor.staff_id or 0
    back = BulkWork.objects.create(asked_by_id=me, asked_at=act.now, undoes=work, changes=work.changes)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_bulkitem (work_id, case_id, state) SELECT %s, case_id, 'waiting' FROM cases_bulkitem"
            " WHERE work_id = %s AND state = 'done'",
            [back.pk, work.pk],
        )
    return _begin(act, back)


def _mine(act: Act, work_id: int) -> BulkWork:
    work = act.lock(BulkWork.objects.filter(asked_by_id=act.actor.staff_id), work_id)
    if work.state != BulkState.CHOOSING:
        raise Conflict(message(_("This work has begun already.")))
    return work
