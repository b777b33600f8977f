"""The due moment of a promise, derived anew from its span (or agreed date) and its pauses, with the reasons."""

from __future__ import annotations

from datetime import timedelta
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
    working_time_between,
)

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


def _span(promise: Promise, calendar: WorkingCalendar) -> Span:
    if promise.agreed_at is None:
        return promise.span
    worked = working_time_between(calendar, promise.start_at, promise.agreed_at)
    return Span(Decimal(worked // timedelta(microseconds=1)) / _HOUR, Unit.WORKING_HOURS)
