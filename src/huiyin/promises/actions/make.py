"""Makes a promise; part of the action that gives its word."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction

from huiyin.kernel.call import Call
from huiyin.promises.kinds import promise_kinds
from huiyin.promises.models import UNSETTLED, Promise
from huiyin.promises.queries.ladders import ladder_of
from huiyin.promises.queries.ledger import subject_of
from huiyin.promises.rules.ladder import ladder_moments
from huiyin.working_time.public import Span, calendar_of, deadline


def make_promise(
    call: Call,
    *,
    kind: str,
    subject: models.Model,
    span: Span,
    title: str,
    start: datetime | None = None,
    due_at: datetime | None = None,
    owner: int | None = None,
    department: int | None = None,
    store: int | None = None,
    customer: int | None = None,
    policy: str = "",
    calendar: str = "standard",
) -> Promise:
    """Promises ``kind`` about ``subject`` within ``span`` from ``start`` (default: now).

    ``due_at`` overrides the computed moment for promises with an agreed date. While a promise of the kind is open for
    the subject, that one is returned and nothing changes.
    """
    promise_kinds()[kind]
    begins = start or call.now
    hours = calendar_of(calendar)
    due = due_at or deadline(hours, begins, span).at
    ladder = ladder_moments(ladder_of(kind), hours, begins, due)
    promise = Promise(
        kind=kind,
        title=title[:200],
        **subject_of(subject),
        owner_id=owner,
        department_id=department,
        store_id=store,
        customer_id=customer,
        start_at=begins,
        span_amount=span.amount,
        span_unit=span.unit,
        calendar=hours.code,
        calendar_version=hours.version,
        policy=policy,
        due_at=due,
        agreed_at=due_at,
        ladder_at=list(ladder),
        next_at=ladder[0],
    )
    with transaction.atomic():
        standing = Promise.objects.filter(kind=kind, **subject_of(subject), state__in=UNSETTLED).first()
        if standing:
            return standing
        promise.save(force_insert=True)
    return promise
