"""The due moment of a promise, derived anew from its span (or agreed date) and its pauses, with the reasons."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from huiyin.promises.kinds import promise_kinds
from huiyin.promises.models import Promise
from huiyin.working_time.public import (
    Deadline,
    Pause,
    Span,
    Unit,
    WorkingCalendar,
    calendar_of,
    deadline_with_pauses,
    standstills,
    working_time_between,
)

ROUND_THE_CLOCK = frozenset({Unit.HOURS, Unit.DAYS})
_HOUR = Decimal(int(timedelta(hours=1) / timedelta(microseconds=1)))


def reasons_of(promise: Promise) -> Deadline:
    """Why the promise is due when it is: in its kind's own words where its due moment came from there."""
    explain = promise_kinds()[promise.kind].explain
    own = explain(promise.calendar, promise.calendar_version, promise.subject_id) if explain else None
    return own if own is not None and own.at == promise.due_at else explained_deadline(promise)


def explained_deadline(promise: Promise) -> Deadline:
    """When the promise is due and why, in the calendar version it was given under (SLA-4).

    An agreed date is reckoned as the working time up to it, so that pauses move it like any other.
    """
    calendar = calendar_of(promise.calendar, promise.calendar_version)
    pauses = [
        Pause(pause.since, pause.until, pause.reason)
        for pause in sorted(promise.pauses.all(), key=lambda pause: pause.since)
        if pause.until
    ]
    return deadline_with_pauses(calendar, promise.start_at, _span(promise, calendar), pauses)


def time_left(promise: Promise, at: datetime) -> timedelta:
    """What is left of its time at a moment, in the time its clock runs in; negative when it is late."""
    return _between(promise, at, promise.due_at)


def time_used(promise: Promise, at: datetime) -> timedelta:
    """What its clock has run from the start to a moment, what stood still not counted."""
    return max(_between(promise, promise.start_at, at) - (promise.stopped or timedelta(0)), timedelta(0))


def stood_still(promise: Promise) -> timedelta:
    """How long its clock stood in pauses that are over, in the time it runs in (overlapping pauses count once)."""
    pauses = [Pause(pause.since, pause.until) for pause in promise.pauses.all() if pause.until]
    return sum((_between(promise, start, end) for start, end in standstills(pauses)), timedelta(0))


def _between(promise: Promise, start: datetime, end: datetime) -> timedelta:
    if promise.span_unit in ROUND_THE_CLOCK:
        return end - start
    return working_time_between(calendar_of(promise.calendar, promise.calendar_version), start, end)


def _span(promise: Promise, calendar: WorkingCalendar) -> Span:
    if promise.agreed_at is None:
        return promise.span
    worked = working_time_between(calendar, promise.start_at, promise.agreed_at)
    return Span(Decimal(worked // timedelta(microseconds=1)) / _HOUR, Unit.WORKING_HOURS)
