"""Keeps or cancels a promise; part of the action that did (or dropped) what was owed."""

from __future__ import annotations

from django.db import models

from huiyin.kernel.call import Call
from huiyin.promises.actions.pause import end_pause
from huiyin.promises.models import UNSETTLED, Promise, PromiseState
from huiyin.promises.queries.ledger import subject_of
from huiyin.working_time.public import calendar_of, working_time_between


def keep_promise(call: Call, *, kind: str, subject: models.Model, evidence: str = "") -> Promise | None:
    """Marks what was owed as done. Late stays late, and by how much is kept (SLA-5). None when nothing was owed."""
    promise = _standing(kind, subject)
    if promise is None:
        return None
    if promise.state == PromiseState.PAUSED:
        end_pause(promise, call.now)
    if call.now > promise.due_at:
        promise.broken_at = promise.broken_at or promise.due_at
    hours = calendar_of(promise.calendar, promise.calendar_version)
    promise.margin = working_time_between(hours, call.now, promise.due_at)
    promise.evidence = evidence[:200]
    return _settle(call, promise, PromiseState.KEPT)


def cancel_promise(call: Call, *, kind: str, subject: models.Model, reason: str) -> Promise | None:
    """Lets go of what was owed, with the reason; a breach that already happened stays on record."""
    promise = _standing(kind, subject)
    if promise is None:
        return None
    promise.evidence = reason[:200]
    return _settle(call, promise, PromiseState.CANCELLED)


def _standing(kind: str, subject: models.Model) -> Promise | None:
    owed = Promise.objects.select_for_update().filter(kind=kind, **subject_of(subject), state__in=UNSETTLED)
    return owed.first()


def _settle(call: Call, promise: Promise, state: PromiseState) -> Promise:
    promise.state = state
    promise.settled_at = call.now
    promise.next_at = None
    promise.save()
    return promise
