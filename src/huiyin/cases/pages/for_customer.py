"""The customer's side of a case: how it goes, the plan to confirm, the result to judge. No sign-in."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.cases.actions.answer_plan import answer_plan_by_link
from huiyin.cases.actions.verdict import verdict_by_link
from huiyin.cases.pages.forms.base import codes, text_field
from huiyin.cases.queries.for_customer import CustomerView, view_of_link
from huiyin.cases.rules.kinds import VERDICTS
from huiyin.foundation import clock
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.kernel.refusal import Repeated

GONE = 410


class PlanAnswerForm(forms.Form):
    """Yes or no to one version of the plan."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(choices=[("yes", ""), ("no", "")])
    words = text_field(_("Anything to add, or what does not suit you"), required=False)


class JudgeForm(forms.Form):
    """The verdict with a score from 1 to 5."""

    verdict = forms.ChoiceField(
        label=_("Are you satisfied?"), choices=lambda: codes(VERDICTS), widget=forms.RadioSelect
    )
    score = forms.IntegerField(required=False, min_value=1, max_value=5)
    words = text_field(_("Anything to add"), required=False)


@page("c/<str:token>/", name="case-for-customer", needs=None)
def for_customer(request: Request, token: str) -> HttpResponse:
    """How the case goes."""
    view = view_of_link(token, clock.now())
    plan = PlanAnswerForm(initial={"version": view.plan.version if view.plan else 0})
    return _shown(request, view, plan, JudgeForm(), 200)


@page("c/<str:token>/plan/", name="case-plan-answer", needs=None)
def plan_answer(request: Request, token: str) -> HttpResponse:
    """Takes the answer to the plan."""
    view = view_of_link(token, clock.now())
    form = PlanAnswerForm(request.POST or None)
    if request.method != "POST" or view.expired:
        return for_customer(request, token)
    if form.is_valid():
        given = form.cleaned_data
        with refusals(form):
            _once(
                answer_plan_by_link,
                request,
                token,
                version=given["version"],
                agreed=given["answer"] == "yes",
                words=given["words"],
            )
    if not form.errors:
        return go("case-for-customer", token)
    return _shown(request, view_of_link(token, clock.now()), form, JudgeForm(), 422)


@page("c/<str:token>/verdict/", name="case-verdict", needs=None)
def verdict(request: Request, token: str) -> HttpResponse:
    """Takes the verdict."""
    view = view_of_link(token, clock.now())
    form = JudgeForm(request.POST or None)
    if request.method != "POST" or view.expired:
        return for_customer(request, token)
    if form.is_valid():
        with refusals(form):
            _once(verdict_by_link, request, token, **form.cleaned_data)
    if not form.errors:
        return go("case-for-customer", token)
    plan = PlanAnswerForm(initial={"version": view.plan.version if view.plan else 0})
    return _shown(request, view_of_link(token, clock.now()), plan, form, 422)


def _once(action: object, request: Request, token: str, **values: object) -> None:
    """Runs the action; the same form sent twice counts once."""
    try:
        action(call_of(request), token, **values)  # type: ignore[operator]
    except Repeated:
        return


def _shown(request: Request, view: CustomerView, plan: PlanAnswerForm, judge: JudgeForm, status: int) -> HttpResponse:
    if view.expired:
        return show(request, "cases/link_expired.html", None, GONE)
    steps = [(code, gettext(words)) for code, words in view.steps]
    return show(request, "cases/for_customer.html", view, status, plan=plan, judge=judge, steps_said=steps)
