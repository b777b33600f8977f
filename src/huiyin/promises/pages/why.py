"""Why this deadline: the days, intervals and pauses behind a due moment, and the form to move it (SLA-4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from huiyin.foundation import clock
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import message
from huiyin.promises.actions.move import move_promise
from huiyin.promises.kinds import promise_kinds
from huiyin.promises.models import Promise, PromiseState, PromiseStep
from huiyin.promises.queries.deadlines import reasons_of
from huiyin.promises.queries.ledger import visible_promises
from huiyin.working_time.public import say_steps

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
    sentences: list[str]
    steps: list[tuple[str, PromiseStep]]
    subject_href: str
    may_move: bool
    told: bool


class MoveForm(forms.Form):
    """The new moment and why."""

    due_at = forms.DateTimeField(label=_("New deadline"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
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


def _context(request: Request, promise: Promise) -> WhyPage:
    kind = promise_kinds()[promise.kind]
    now = clock.now()
    return WhyPage(
        promise=promise,
        label=gettext(kind.label),
        sentences=say_steps(reasons_of(promise)),
        steps=[(gettext(STEP_LABELS[step.step]), step) for step in promise.steps.order_by("id")],
        subject_href=reverse(kind.page, args=[promise.subject_id]),
        may_move=not kind.told and _moves(request, promise, now),
        told=kind.told and _moves(request, promise, now),
    )


def _moves(request: Request, promise: Promise, now: datetime) -> bool:
    return request.actor.may("promises.move") and promise.state == PromiseState.OPEN and promise.due_at > now
