"""Moves a due moment (only before it passes), hands promises over to somebody else, follows a merged customer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import models

from huiyin.foundation.actions import Act, action
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.kernel.years import why_far
from huiyin.promises.models import UNSETTLED, Promise
from huiyin.promises.queries.ladders import ladder_of
from huiyin.promises.queries.ledger import subject_of, visible_promises
from huiyin.promises.rules.ladder import STEPS, ladder_moments
from huiyin.working_time.public import calendar_of


@action("promises.move", needs="promises.move")
def move_promise(act: Act, promise_id: int, *, due_at: datetime, reason: str) -> Promise:
    """Gives a running promise a new due moment, with the reason (CAS-9).

    Raises:
        Conflict: it is already late, paused or settled.
        Invalid: no reason, or the new moment lies in the past, before its beginning or centuries ahead.
    """
    promise = act.lock(visible_promises(act.actor), promise_id)
    if not promise.runs_in_time(act.now):
        raise Conflict(message(_("A deadline can only be moved while it is running and before it passes.")))
    if due_at <= max(act.now, promise.start_at):
        past, early = _("The new deadline lies in the past."), _("The new deadline lies before its beginning.")
        why = message(past if due_at <= act.now else early)
        raise Invalid(why, {"due_at": message(_("Choose a later moment."))})
    if far := why_far(due_at):
        raise Invalid(far, {"due_at": far})
    if not reason.strip():
        raise Invalid(message(_("A moved deadline needs a reason.")), {"reason": message(_("Say why it moves."))})
    before = promise.due_at
    promise.due_at, promise.agreed_at, promise.moved_reason = due_at, due_at, reason[:200]
    hours = calendar_of(promise.calendar, promise.calendar_version)
    ladder = ladder_moments(ladder_of(promise.kind), hours, promise.start_at, due_at)
    promise.ladder_at, promise.step = list(ladder), int(ladder[0] <= act.now)
    promise.next_at = ladder[promise.step] if promise.step < len(STEPS) else None
    promise.save()
    act.record(
        promise, customer_id=promise.customer_id, reason=reason, before=before.isoformat(), after=due_at.isoformat()
    )
    return promise


def hand_over(call: Call, *, subject: models.Model, owner: int | None, department: int | None = None) -> int:  # noqa: ARG001 - doors take the call
    """Gives all open promises of a subject to another person (and department); returns how many."""
    owed = Promise.objects.filter(**subject_of(subject), state__in=UNSETTLED)
    changes = {"owner_id": owner} if department is None else {"owner_id": owner, "department_id": department}
    return owed.update(**changes)


def hand_over_many(
    call: Call,  # noqa: ARG001 - doors take the call
    *,
    subject_label: str,
    ids: Collection[int],
    owner: int | None,
) -> int:
    """Like :func:`hand_over` within the department, for many subjects of a kind in one statement."""
    owed = Promise.objects.filter(subject=subject_label, subject_id__any_of=list(ids), state__in=UNSETTLED)
    return owed.update(owner_id=owner)


def move_customer(call: Call, old: int, new: int, *, only: Collection[int] | None = None) -> list[int]:  # noqa: ARG001 - doors take the call
    """What is and was owed to customer ``old`` is owed to ``new``; returns the keys of the promises moved.

    ``only`` narrows it to these keys: the way back of an earlier move.
    """
    owed = Promise.objects.filter(customer_id=old)
    if only is not None:
        owed = owed.filter(pk__in=only)
    moved = list(owed.select_for_update().order_by("pk").values_list("pk", flat=True))
    Promise.objects.filter(pk__in=moved).update(customer_id=new)
    return moved
