"""Visits on the customer's timeline."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from huiyin.customers.public import Entry, Older, TimelineKind, behind
from huiyin.foundation.prepared import Given, prepared
from huiyin.kernel.actor import Actor
from huiyin.kernel.words import gettext_noop as _
from huiyin.questionnaires.public import in_language, mean_scores
from huiyin.visits.models import Attempt, Visit
from huiyin.visits.rules.attempts import BUSINESS_LABELS, LINE_LABELS
from huiyin.visits.rules.lifecycle import FAILED, STATE_LABELS, State

VISIT, CALL = "visit", "visit_call"


def visit_entries(actor: Actor, customer_id: int, page: Older, limit: int) -> list[Entry]:
    """Ended visits with the mean of their scores."""
    if not actor.may("visits.see"):
        return []
    rows = [_Ended(*row) for row in _ended(customer_id, *page.bound(VISIT), limit=limit)]
    means = mean_scores(Visit._meta.label_lower, [row.pk for row in rows])
    return [_visit(row, means.get(row.pk)) for row in rows]


class _Ended(NamedTuple):
    pk: int
    at: datetime
    name_zh: str
    name_en: str
    because: str
    state: str
    agent: str | None


@prepared
def _ended(customer: Given, moment: Given, pk: Given, *, limit: int) -> QuerySet[Visit, tuple[Any, ...]]:
    ended = Visit.objects.filter(customer_id=customer, state__in=[State.DONE, *sorted(FAILED)])
    rows = behind(ended, "ended_at", moment, pk)
    return rows.values_list(
        "pk", "ended_at", "policy__name_zh", "policy__name_en", "ended_because", "state", "agent__name"
    )[:limit]


def _visit(row: _Ended, mean: float | None) -> Entry:
    return Entry(
        at=row.at,
        kind=VISIT,
        id=row.pk,
        icon="phone-call",
        title=in_language(row.name_zh, row.name_en),
        text=gettext("Mean score %(mean)s of 5") % {"mean": f"{mean:.1f}"} if mean is not None else row.because,
        tone="kept" if row.state == State.DONE else "late",
        href=reverse("visit", args=[row.pk]),
        badge=gettext(STATE_LABELS[row.state]),
        who=row.agent or "",
    )


def call_entries(actor: Actor, customer_id: int, page: Older, limit: int) -> list[Entry]:
    """Dials that did not bring a whole visit."""
    if not actor.may("visits.see"):
        return []
    return [_call(*row) for row in _dials(customer_id, *page.bound(CALL), limit=limit)]


@prepared
def _dials(customer: Given, moment: Given, pk: Given, *, limit: int) -> QuerySet[Attempt, tuple[Any, ...]]:
    rows = behind(Attempt.objects.filter(customer_id=customer).exclude(business="completed"), "at", moment, pk)
    return rows.values_list("pk", "at", "visit_id", "line", "business", "note", "by__name")[:limit]


def _call(pk: int, at: datetime, visit_id: int, line: str, business: str, note: str, by: str | None) -> Entry:
    return Entry(
        at=at,
        kind=CALL,
        id=pk,
        icon="phone" if business else "phone-missed",
        title=gettext(BUSINESS_LABELS[business] if business else LINE_LABELS[line]),
        text=note,
        href=reverse("visit", args=[visit_id]),
        who=by or "",
    )


TIMELINE = [
    TimelineKind(VISIT, _("Visits"), "phone-call", visit_entries),
    TimelineKind(CALL, _("Calls"), "phone", call_entries),
]
