"""Visits on the customer's timeline."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext

from huiyin.customers.public import Entry, Older, TimelineKind
from huiyin.kernel.actor import Actor
from huiyin.kernel.words import gettext_noop as _
from huiyin.questionnaires.public import Answered, answers_about
from huiyin.visits.models import Attempt, Visit
from huiyin.visits.rules.attempts import BUSINESS_LABELS, LINE_LABELS
from huiyin.visits.rules.lifecycle import FAILED, STATE_LABELS, State

VISIT, CALL = "visit", "visit_call"


def visit_entries(actor: Actor, customer_id: int, page: Older, limit: int) -> list[Entry]:
    """Ended visits with the mean of their scores."""
    if not actor.may("visits.see"):
        return []
    ended = Visit.objects.filter(customer=customer_id, state__in=[State.DONE, *FAILED]).select_related(
        "policy", "agent"
    )
    rows = list(page.of(ended, kind=VISIT, at="ended_at")[:limit])
    answers = answers_about(Visit._meta.label_lower, [row.pk for row in rows]) if rows else {}
    return [_visit(row, answers.get(row.pk)) for row in rows]


def _visit(row: Visit, answered: Answered | None) -> Entry:
    scores = list(answered.scores.values()) if answered else []
    mean = sum(scores) / len(scores) if scores else None
    return Entry(
        at=row.ended_at or row.created_at,
        kind=VISIT,
        id=row.pk,
        icon="phone-call",
        title=row.policy.name,
        text=gettext("Mean score %(mean)s of 5") % {"mean": f"{mean:.1f}"} if mean is not None else row.ended_because,
        tone="kept" if row.state == State.DONE else "late",
        href=reverse("visit", args=[row.pk]),
        badge=gettext(STATE_LABELS[row.state]),
        who=row.agent.name if row.agent else "",
    )


def call_entries(actor: Actor, customer_id: int, page: Older, limit: int) -> list[Entry]:
    """Dials that did not bring a whole visit."""
    if not actor.may("visits.see"):
        return []
    dials = Attempt.objects.filter(customer=customer_id).exclude(business="completed").select_related("by")
    return [_call(row) for row in page.of(dials, kind=CALL, at="at")[:limit]]


def _call(row: Attempt) -> Entry:
    label = BUSINESS_LABELS[row.business] if row.business else LINE_LABELS[row.line]
    return Entry(
        at=row.at,
        kind=CALL,
        id=row.pk,
        icon="phone" if row.business else "phone-missed",
        title=gettext(label),
        text=row.note,
        href=reverse("visit", args=[row.visit_id]),
        who=row.by.name if row.by else "",
    )


TIMELINE = [
    TimelineKind(VISIT, _("Visits"), "phone-call", visit_entries),
    TimelineKind(CALL, _("Calls"), "phone", call_entries),
]
