"""Answers that are owed to customers: promising one from a visit, and giving it."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.visits.actions.owe_answer import give_answer, owe_answer
from huiyin.visits.models import OwedAnswer
from huiyin.visits.pages.fields import OwedForm
from huiyin.visits.queries.owed import owed_seen_by
from huiyin.visits.queries.policies import colleagues


@dataclass(frozen=True)
class OwedPage:
    """One owed answer."""

    owed: OwedAnswer


class AnswerForm(forms.Form):
    """What the customer was told."""

    answer = forms.CharField(
        label=_("What the customer was told"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


@page("owed-answers/<int:owed_id>/", name="owed-answer", needs="visits.see")
def owed_answer(request: Request, owed_id: int) -> HttpResponse:
    """The question, who owes the answer, and the form to note it."""
    owed = owed_seen_by(request.actor, owed_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            give_answer(call_of(request), owed_id, answer=form.cleaned_data["answer"])
        if not form.errors:
            messages.success(request, gettext("The answer is noted and the promise kept."))
            return go("owed-answer", owed_id)
    return show(request, "visits/owed_answer.html", OwedPage(owed), form=form, status=422 if form.errors else 200)


@page("visits/<int:visit_id>/owe-answer/", name="owe-answer", needs="visits.work")
def owe(request: Request, visit_id: int) -> HttpResponse:
    """Takes the form of the workstation; what was wrong is said there."""
    form = OwedForm(request.POST or None, colleagues())
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        with refusals(form):
            owe_answer(
                call_of(request), visit_id, question=data["question"], owner_id=data["owner"], due_at=data["due_at"]
            )
        if not form.errors:
            messages.success(request, gettext("The answer is promised."))
            return go("visit", visit_id)
    return show(request, "visits/owe_answer.html", visit_id, form=form, status=422 if form.errors else 200)
