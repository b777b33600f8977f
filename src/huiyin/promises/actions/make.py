"""Makes promises; part of the action that gives its word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from huiyin.kernel.call import Call
from huiyin.promises.kinds import promise_kinds
from huiyin.promises.models import UNSETTLED, Promise
from huiyin.promises.queries.ladders import ladder_of
from huiyin.promises.queries.ledger import subject_of
from huiyin.promises.rules.ladder import Ladder, ladder_moments
from huiyin.working_time.public import Span, WorkingCalendar, calendar_of, deadline

Key = tuple[str, str, int]
Moments = Callable[[Ladder, WorkingCalendar, datetime, datetime], tuple[datetime, datetime, datetime]]


@dataclass(frozen=True)
class Wanted:
    """A promise to be made: ``kind`` about ``subject`` within ``span`` from ``start`` (default: now).

    ``due_at`` overrides the computed moment for promises with an agreed date. ``firm``: one that stands already keeps
    its deadline when many are promised anew, and only changes hands.
    """

    kind: str
    subject: models.Model
    span: Span
    title: str
    start: datetime | None = None
    due_at: datetime | None = None
    owner: int | None = None
    department: int | None = None
    store: int | None = None
    customer: int | None = None
    policy: str = ""
    calendar: str = "standard"
    firm: bool = False

    @property
    def key(self) -> Key:
        """What only one open promise may be about."""
        return (self.kind, self.subject._meta.label_lower, self.subject.pk)


def make_promise(call: Call, *, kind: str, subject: models.Model, span: Span, title: str, **more: Any) -> Promise:
    """Makes one promise; ``more`` are the other values of :class:`Wanted`.

    While a promise of the kind is open for the subject, that one is returned and nothing changes.
    """
    return make_promises(call, [Wanted(kind=kind, subject=subject, span=span, title=title, **more)])[0]


def make_promises(call: Call, wanted: Sequence[Wanted], *, standing: Sequence[Promise] | None = None) -> list[Promise]:
    """Makes promises about one or many subjects in two statements, and answers with one for each that was wanted.

    Where a promise of the kind is open for the subject, that one is returned and nothing changes. ``standing`` are the
    open promises of the subjects, if the caller has them already.
    """
    with transaction.atomic(savepoint=False):
        standing = _standing(wanted) if standing is None else standing
        known = {(each.kind, each.subject, each.subject_id): each for each in standing if each.state in UNSETTLED}
        fresh = {each.key: planned(call, each) for each in wanted if each.key not in known}
        Promise.objects.bulk_create(fresh.values())
    known |= fresh
    return [known[each.key] for each in wanted]


def _standing(wanted: Sequence[Wanted]) -> list[Promise]:
    subjects: dict[str, set[int]] = {}
    for each in wanted:
        subjects.setdefault(each.key[1], set()).add(each.key[2])
    same = Q(pk__in=[])
    for subject, ids in subjects.items():
        same |= Q(subject=subject, subject_id__in=ids)
    return list(Promise.objects.filter(same, kind__in={each.kind for each in wanted}, state__in=UNSETTLED))


def planned(call: Call, wanted: Wanted, moments: Moments = ladder_moments) -> Promise:
    """The promise as it would be made now; not saved. ``moments`` reckons the steps of its ladder."""
    promise_kinds()[wanted.kind]
    begins = wanted.start or call.now
    hours = calendar_of(wanted.calendar)
    due = wanted.due_at or deadline(hours, begins, wanted.span).at
    ladder = moments(ladder_of(wanted.kind), hours, begins, due)
    return Promise(
        kind=wanted.kind,
        title=wanted.title[:200],
        **subject_of(wanted.subject),
        owner_id=wanted.owner,
        department_id=wanted.department,
        store_id=wanted.store,
        customer_id=wanted.customer,
        start_at=begins,
        span_amount=wanted.span.amount,
        span_unit=wanted.span.unit,
        calendar=hours.code,
        calendar_version=hours.version,
        policy=wanted.policy,
        due_at=due,
        agreed_at=wanted.due_at,
        ladder_at=list(ladder),
        next_at=ladder[0],
    )
