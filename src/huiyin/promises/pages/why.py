"""Why this deadline: the days, intervals and pauses behind a due moment, and the form to move it (SLA-4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from huiyin.foundation import clock
from huiyin.foundation.forms import MomentField, refusals, say
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import message
from huiyin.promises.actions.move import move_promise
from huiyin.promises.kinds import PromiseKind, kind_words, promise_kinds
from huiyin.promises.models import Promise, PromiseStep
from huiyin.promises.queries.deadlines import reasons_of, time_left, time_used
from huiyin.promises.queries.ledger import visible_promises
from huiyin.working_time.public import length_in_words, say_steps

TOLD = gettext_noop("The customer knows this deadline. It is moved on the record itself, and the customer is told.")
STEP_LABELS = {
    "warn": gettext_noop("The owner was warned"),
    "breach": gettext_noop("It became late; owner and manager were told"),
    "escalate": gettext_noop("It climbed to the director"),
}


@dataclass(frozen=True)
class WhyPage:
    """A promise, its clock, the reasons of its deadline and the steps taken so far."""

    promise: Promise
    label: str
    because: list[str]
    sentences: list[str]
    facts: list[tuple[str, str]]
    steps: list[tuple[str, PromiseStep]]
    subject_href: str
    may_move: bool
    told: bool


class MoveForm(forms.Form):
    """The new moment and why."""

    due_at = MomentField(label=_("New deadline"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    reason = forms.CharField(label=_("Reason"), max_length=200)


@page("promises/<int:promise_id>/", name="promise", needs="promises.see")
def why(request: Request, promise_id: int) -> HttpResponse:
    """One promise and why it is due when it is."""
    promise = get_object_or_404(visible_promises(request.actor).select_related("owner"), pk=promise_id)
    form = MoveForm(request.POST or None)
    if request.method == "POST" and promise_kinds()[promise.kind].told:
        raise Conflict(message(TOLD))
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            move_promise(call_of(request), promise_id, **form.cleaned_data)
        if not form.errors:
            return go("promise", promise_id)
    return show(request, "promises/why.html", _context(request, promise), form=form, status=422 if form.errors else 200)


def _facts(promise: Promise, now: datetime) -> list[tuple[str, str]]:
    """What the clock used, what stood still and what was left, in the time it runs in (SLA-5)."""
    until = promise.settled_at or now
    facts = [(gettext("Time used"), length_in_words(promise.elapsed or time_used(promise, until)))]
    if promise.stopped:
        facts.append((gettext("Stood still"), length_in_words(promise.stopped)))
    if promise.margin is not None:
        late = promise.margin < timedelta(0) or promise.broken_at is not None
        facts.append((gettext("Late by") if late else gettext("Time to spare"), length_in_words(abs(promise.margin))))
    elif promise.broken_at:
        facts.append((gettext("Late by"), length_in_words(max(-time_left(promise, until), timedelta(0)))))
    return facts


def _context(request: Request, promise: Promise) -> WhyPage:
    kind = promise_kinds()[promise.kind]
    now = clock.now()
    return WhyPage(
        promise=promise,
        label=kind_words(promise.kind),
        because=_because(kind, promise),
        sentences=say_steps(reasons_of(promise)),
        facts=_facts(promise, now),
        steps=[(gettext(STEP_LABELS[step.step]), step) for step in promise.steps.order_by("id")],
        subject_href=reverse(kind.page, args=[promise.subject_id]),
        may_move=not kind.told and _moves(request, promise, now),
        told=kind.told and _moves(request, promise, now),
    )


def _because(kind: PromiseKind, promise: Promise) -> list[str]:
    told = kind.because(promise.subject_id, promise.policy, promise.kind, promise.start_at) if kind.because else []
    return [say(text) for text in told]


def _moves(request: Request, promise: Promise, now: datetime) -> bool:
    return request.actor.may("promises.move") and promise.runs_in_time(now)
