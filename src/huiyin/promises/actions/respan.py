"""Gives running promises another span, calendar and policy; starts and pauses stay (SLA-2, exact over changes)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import prefetch_related_objects

from huiyin.kernel.call import Call
from huiyin.promises.actions.make import Wanted
from huiyin.promises.actions.pause import derive
from huiyin.promises.models import Promise, PromisePause, PromiseState
from huiyin.promises.queries.deadlines import stood_still
from huiyin.working_time.public import calendar_of

CHANGED = [
    "span_amount",
    "span_unit",
    "calendar",
    "calendar_version",
    "policy",
    "agreed_at",
    "moved_reason",
    "due_at",
    "ladder_at",
    "next_at",
]


def respan(call: Call, changes: Sequence[tuple[Promise, Wanted]], reason: str) -> list[Promise]:
    """Reckons locked promises anew with the wanted spans; late ones stay as they were. Returns those that changed."""
    running = [(old, new) for old, new in changes if not is_late(old, call.now) and not _same(old, new)]
    changed = [promise for promise, _wanted in running]
    prefetch_related_objects(changed, "pauses")
    for promise, wanted in running:
        hours = calendar_of(wanted.calendar)
        promise.span_amount, promise.span_unit = wanted.span.amount, wanted.span.unit
        promise.calendar, promise.calendar_version, promise.policy = hours.code, hours.version, wanted.policy
        promise.agreed_at, promise.moved_reason = None, reason[:200]
        derive(promise)
    Promise.objects.bulk_update(changed, CHANGED)
    return changed


def stand_still_like(call: Call, fresh: Sequence[Promise], others: Sequence[Promise]) -> None:
    """Gives promises that begin in the past the pauses their neighbours had since then, and reckons them anew."""
    late_born = [promise for promise in fresh if promise.start_at < call.now]
    if not late_born:
        return
    known = {promise.pk for promise in fresh}
    found = PromisePause.objects.filter(promise__in=[each.pk for each in others if each.pk not in known])
    stretches = {(each.since, each.until or max(call.now, each.since)): each.reason for each in found}
    if not stretches:
        return
    PromisePause.objects.bulk_create(
        PromisePause(promise=promise, since=since, until=until, reason=reason)
        for promise in late_born
        for (since, until), reason in stretches.items()
        if until > promise.start_at
    )
    prefetch_related_objects(late_born, "pauses")
    for promise in late_born:
        derive(promise)
        promise.stopped = stood_still(promise)
    Promise.objects.bulk_update(late_born, ["due_at", "ladder_at", "next_at", "stopped"])


def is_late(promise: Promise, now: datetime) -> bool:
    """Whether it is broken, or will be at the next sweep."""
    return promise.broken_at is not None or (promise.state == PromiseState.OPEN and promise.due_at < now)


def _same(promise: Promise, wanted: Wanted) -> bool:
    spans = float(promise.span_amount), str(promise.span_unit), promise.calendar
    return promise.agreed_at is None and spans == (float(wanted.span.amount), str(wanted.span.unit), wanted.calendar)
