"""Keeps or cancels promises; part of the action that did (or dropped) what was owed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db import models
from django.db.models import Case, F, Value, When

from huiyin.kernel.call import Call
from huiyin.promises.actions.pause import end_pauses
from huiyin.promises.models import UNSETTLED, Promise, PromiseState
from huiyin.promises.queries.deadlines import time_left, time_used
from huiyin.promises.queries.ledger import subject_of


def keep_promise(call: Call, *, kind: str, subject: models.Model, evidence: str = "") -> Promise | None:
    """Marks what was owed as done. Late stays late, and by how much is kept (SLA-5). None when nothing was owed."""
    return next(iter(keep_all(call, standing(subject, [kind]), evidence)), None)


def cancel_promise(call: Call, *, kind: str, subject: models.Model, reason: str) -> Promise | None:
    """Lets go of what was owed, with the reason; a breach that already happened stays on record."""
    return next(iter(cancel_all(call, standing(subject, [kind]), reason)), None)


def keep_promises(call: Call, *, kinds: Iterable[str], subject: models.Model, evidence: str = "") -> list[Promise]:
    """Marks what was owed of several kinds as done, as :func:`keep_promise` does; those that were owed."""
    return keep_all(call, standing(subject, kinds), evidence)


def cancel_promises(
    call: Call, *, subject: models.Model, reason: str, kinds: Iterable[str] | None = None
) -> list[Promise]:
    """Lets go of all that is owed about a subject (only ``kinds``, if given), with the reason; those that were owed."""
    return cancel_all(call, standing(subject, kinds), reason)


def standing(subject: models.Model, kinds: Iterable[str] | None = None) -> list[Promise]:
    """The open promises of a subject, locked until the transaction ends."""
    owed = Promise.objects.select_for_update().filter(**subject_of(subject), state__in=UNSETTLED)
    return list((owed if kinds is None else owed.filter(kind__in=list(kinds))).order_by("id"))


def keep_all(call: Call, promises: Sequence[Promise], evidence: str) -> list[Promise]:
    """Marks locked promises as done (one statement while none is late or paused)."""
    end_pauses([promise for promise in promises if promise.state == PromiseState.PAUSED], call.now)
    late = [promise for promise in promises if call.now > promise.due_at and promise.broken_at is None]
    for promise in late:
        promise.broken_at = promise.due_at
    if late:
        Promise.objects.filter(pk__in=[promise.pk for promise in late]).update(broken_at=F("due_at"))
    for promise in promises:
        left = time_left(promise, call.now)
        promise.margin = min(left, timedelta(0)) if promise.broken_at else left  # late stays late by a clock set back
        promise.elapsed = time_used(promise, call.now)
    lengths = {name: _each(promises, name) for name in ("margin", "elapsed")}
    return _settle(call, promises, PromiseState.KEPT, evidence, **lengths)


def cancel_all(call: Call, promises: Sequence[Promise], reason: str) -> list[Promise]:
    """Lets go of locked promises, in one statement."""
    return _settle(call, promises, PromiseState.CANCELLED, reason)


def _each(promises: Sequence[Promise], name: str) -> Case:
    return Case(
        *(When(pk=promise.pk, then=Value(getattr(promise, name), models.DurationField())) for promise in promises),
        output_field=models.DurationField(),
    )


def _settle(
    call: Call, promises: Sequence[Promise], state: PromiseState, evidence: str, **more: object
) -> list[Promise]:
    if not promises:
        return []
    changes = {"state": state, "settled_at": call.now, "next_at": None, "evidence": evidence[:200]}
    Promise.objects.filter(pk__in=[promise.pk for promise in promises]).update(**changes, **more)
    for promise in promises:
        for name, value in changes.items():
            setattr(promise, name, value)
    return list(promises)
