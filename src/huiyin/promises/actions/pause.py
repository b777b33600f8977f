"""Stops and restarts the clocks of a subject; pauses are rows, the due moment is derived from them."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from huiyin.kernel.call import Call
from huiyin.promises.models import Promise, PromisePause, PromiseState
from huiyin.promises.queries.deadlines import explained_deadline
from huiyin.promises.queries.ladders import ladder_of
from huiyin.promises.queries.ledger import subject_of
from huiyin.promises.rules.ladder import STEPS, ladder_moments
from huiyin.working_time.public import calendar_of


def pause_promises(call: Call, *, subject: models.Model, reason: str, kinds: tuple[str, ...] = ()) -> int:
    """Stops the running clocks of a subject (only ``kinds``, if given) that are not late yet; returns how many."""
    running = Promise.objects.select_for_update().filter(**subject_of(subject), state=PromiseState.OPEN)
    if kinds:
        running = running.filter(kind__in=kinds)
    stopped = 0
    for promise in running.filter(due_at__gte=call.now):
        PromisePause.objects.create(promise=promise, since=call.now, reason=reason[:200])
        promise.state, promise.next_at = PromiseState.PAUSED, None
        promise.save(update_fields=["state", "next_at"])
        stopped += 1
    return stopped


def resume_promises(call: Call, *, subject: models.Model) -> int:
    """Lets the stopped clocks of a subject run again; due moments move by the time that stood still."""
    resumed = 0
    for promise in Promise.objects.select_for_update().filter(**subject_of(subject), state=PromiseState.PAUSED):
        end_pause(promise, call.now)
        promise.state = PromiseState.OPEN
        promise.next_at = promise.ladder_at[promise.step] if promise.step < len(STEPS) else None
        promise.save()
        resumed += 1
    return resumed


def end_pause(promise: Promise, now: datetime) -> None:
    """Closes the open pause and derives the due moment and the ladder anew from all pauses; does not save."""
    promise.pauses.filter(until=None).update(until=now)
    hours = calendar_of(promise.calendar, promise.calendar_version)
    promise.due_at = explained_deadline(promise).at
    taken = promise.ladder_at[: promise.step]
    fresh = ladder_moments(ladder_of(promise.kind), hours, promise.start_at, promise.due_at)
    promise.ladder_at = [*taken, *fresh[promise.step :]]
