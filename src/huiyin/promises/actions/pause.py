"""Stops and restarts the clocks of a subject; pauses are rows, the due moment is derived from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import models
from django.db.models import F, prefetch_related_objects
from django.db.models.functions import Greatest

from huiyin.kernel.call import Call
from huiyin.promises.models import Promise, PromisePause, PromiseState
from huiyin.promises.queries.deadlines import explained_deadline, stood_still
from huiyin.promises.queries.ladders import ladder_of
from huiyin.promises.queries.ledger import subject_of
from huiyin.promises.rules.ladder import STEPS, ladder_moments
from huiyin.working_time.public import calendar_of


def pause_promises(call: Call, *, subject: models.Model, reason: str, kinds: tuple[str, ...] = ()) -> int:
    """Stops the running clocks of a subject (only ``kinds``, if given) that are not late yet; returns how many."""
    running = Promise.objects.select_for_update().filter(**subject_of(subject), state=PromiseState.OPEN)
    return len(pause_all(call, list(running.filter(kind__in=kinds) if kinds else running), reason))


def resume_promises(call: Call, *, subject: models.Model) -> int:
    """Lets the stopped clocks of a subject run again; due moments move by the time that stood still."""
    stopped = Promise.objects.select_for_update().filter(**subject_of(subject), state=PromiseState.PAUSED)
    return len(resume_all(call, list(stopped)))


def pause_all(call: Call, promises: Sequence[Promise], reason: str) -> list[Promise]:
    """Stops those of the locked promises that run and are not late yet, in two statements; returns them.

    Where the server's clock was set back, a promise once late stays late, and none stands still before it began.
    """
    running = [each for each in promises if _can_stop(each, call.now)]
    PromisePause.objects.bulk_create(
        [PromisePause(promise=each, since=max(call.now, each.start_at), reason=reason[:200]) for each in running]
    )
    for promise in running:
        promise.state, promise.next_at = PromiseState.PAUSED, None
    if running:
        Promise.objects.filter(pk__in=[each.pk for each in running]).update(state=PromiseState.PAUSED, next_at=None)
    return running


def _can_stop(promise: Promise, now: datetime) -> bool:
    return promise.state == PromiseState.OPEN and promise.broken_at is None and promise.due_at >= now


def resume_all(call: Call, promises: Sequence[Promise]) -> list[Promise]:
    """Lets those of the locked promises run again that stand still; returns them."""
    stopped = [each for each in promises if each.state == PromiseState.PAUSED]
    end_pauses(stopped, call.now)
    for promise in stopped:
        promise.state = PromiseState.OPEN
        promise.next_at = promise.ladder_at[promise.step] if promise.step < len(STEPS) else None
    Promise.objects.bulk_update(stopped, ["state", "next_at"])
    return stopped


def end_pauses(promises: Sequence[Promise], now: datetime) -> None:
    """Closes the open pauses and derives and saves due moments and ladders anew from all pauses (three statements).

    A pause ends at its beginning at the earliest, also where the server's clock was set back meanwhile.
    """
    if not promises:
        return
    PromisePause.objects.filter(promise__in=promises, until=None).update(until=Greatest(F("since"), now))
    prefetch_related_objects(promises, "pauses")
    for promise in promises:
        derive(promise)
        promise.stopped = stood_still(promise)
    Promise.objects.bulk_update(promises, ["due_at", "ladder_at", "stopped"])


def derive(promise: Promise) -> None:
    """Due moment and ladder anew from span, calendar and pauses (which must be at hand); not saved.

    Steps already taken keep their moments.
    """
    hours = calendar_of(promise.calendar, promise.calendar_version)
    promise.due_at = explained_deadline(promise).at
    taken = promise.ladder_at[: promise.step]
    fresh = ladder_moments(ladder_of(promise.kind), hours, promise.start_at, promise.due_at)
    promise.ladder_at = [*taken, *fresh[promise.step :]]
    if promise.state == PromiseState.OPEN:
        promise.next_at = promise.ladder_at[promise.step] if promise.step < len(STEPS) else None
