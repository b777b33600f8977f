"""The customer's side of a case: how it goes, the plan to confirm, the result to judge. No sign-in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django import forms
from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from huiyin.cases.actions.answer_plan import answer_plan_by_link, ask_about_plan
from huiyin.cases.actions.say_by_link import say_by_link
from huiyin.cases.actions.verdict import verdict_by_link
from huiyin.cases.pages.feedback import TOO_LARGE
from huiyin.cases.pages.forms.base import codes, text_field
from huiyin.cases.queries.for_customer import CustomerView, file_of_link, view_of_link
from huiyin.cases.queries.settings import most_bytes
from huiyin.cases.rules.files import ACCEPTED
from huiyin.cases.rules.kinds import VERDICTS
from huiyin.foundation import clock
from huiyin.foundation.forms import refusals
from huiyin.foundation.forms import say as say_message
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.foundation.uploads import FilesField, too_much
from huiyin.kernel.actor import ActorKind
from huiyin.kernel.refusal import Repeated
from huiyin.kernel.words import Message

GONE = 410


class PlanAnswerForm(forms.Form):
    """Yes or no to one version of the plan, or a question about it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    plan_id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    answer = forms.ChoiceField(choices=[("yes", ""), ("no", ""), ("ask", "")])
    words = text_field(_("Anything to add, what does not suit you, or your question"), required=False)


class JudgeForm(forms.Form):
    """The verdict with a score from 1 to 5, on the result that was read: ``reopened`` is how often work began anew."""

    reopened = forms.IntegerField(required=False, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        label=_("Are you satisfied?"), choices=lambda: codes(VERDICTS), widget=forms.RadioSelect
    )
    score = forms.IntegerField(required=False, min_value=1, max_value=5)
    words = text_field(_("Anything to add"), required=False)


class SayForm(forms.Form):
    """The customer's own words and files; one of them is enough."""

    text = text_field(_("Your words"), required=False)
    uploads = FilesField(
        accept=ACCEPTED,
        label=_("Photos or files"),
        help_text=_("Photos, PDF or Office files; places are taken out of photos."),
    )


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
        with in_language_of(request, view.language), refusals(form):
            _take_answer(request, token, **form.cleaned_data)
    if not form.errors:
        return go("case-for-customer", token)
    now = view_of_link(token, clock.now())
    return _shown(request, now, form, JudgeForm(), 422, None if now.asks_plan else _kept(form))


def _kept(form: forms.Form) -> SayForm:
    """What was typed, to be sent as words where the form itself is gone."""
    return SayForm(initial={"text": form.cleaned_data.get("words", "")})


def _take_answer(request: Request, token: str, *, answer: str, words: str, **read: int | None) -> None:
    if answer == "ask":
        _once(ask_about_plan, request, token, words=words)
    else:
        _once(answer_plan_by_link, request, token, agreed=answer == "yes", words=words, **read)


@page("c/<str:token>/verdict/", name="case-verdict", needs=None)
def verdict(request: Request, token: str) -> HttpResponse:
    """Takes the verdict."""
    view = view_of_link(token, clock.now())
    form = JudgeForm(request.POST or None)
    if request.method != "POST" or view.expired:
        return for_customer(request, token)
    if form.is_valid():
        with in_language_of(request, view.language), refusals(form):
            _once(verdict_by_link, request, token, **form.cleaned_data)
    if not form.errors:
        return go("case-for-customer", token)
    plan = PlanAnswerForm(initial={"version": view.plan.version if view.plan else 0})
    now = view_of_link(token, clock.now())
    return _shown(request, now, plan, form, 422, None if now.asks_verdict else _kept(form))


@page("c/<str:token>/say/", name="case-say", needs=None)
@csrf_exempt  # the link is the key; in-app browsers without cookies must be able to write
def say(request: Request, token: str) -> HttpResponse:
    """Takes more words and files; those to an ended case lead on to the new one."""
    view = view_of_link(token, clock.now())
    if too_much(request, most_bytes(clock.now())):
        return show(request, "cases/too_much.html", None, TOO_LARGE)
    form = SayForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or view.expired:
        return for_customer(request, token)
    if not form.is_valid():
        return _shown(request, view, PlanAnswerForm(), JudgeForm(), 422, form)
    there = token
    with refusals(form):
        try:
            there = say_by_link(call_of(request), token, **form.cleaned_data)
        except Repeated as repeat:
            there = str(repeat.result or token)
    if not form.errors:
        return go("case-for-customer", there)
    return _shown(request, view, PlanAnswerForm(), JudgeForm(), 422, form)


@page("c/<str:token>/files/<int:file_id>/", name="case-customer-file", needs=None)
def customer_file(request: Request, token: str, file_id: int) -> HttpResponse:  # noqa: ARG001 - pages take it
    """A file that the customer sent; photos of our own making are shown, everything else is a download."""
    kept = file_of_link(token, file_id, clock.now())
    shown = kept.media_type == "image/jpeg"
    response = FileResponse(
        kept.file.open("rb"), as_attachment=not shown, filename=kept.name, content_type=kept.media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response  # type: ignore[return-value]  # a streaming response is a response to Django


def _once(action: object, request: Request, token: str, **values: object) -> None:
    """Runs the action; the same form sent twice counts once."""
    try:
        action(call_of(request), token, **values)  # type: ignore[operator]
    except Repeated:
        return


def _shown(
    request: Request,
    view: CustomerView,
    plan: PlanAnswerForm,
    judge: JudgeForm,
    status: int,
    say: SayForm | None = None,
) -> HttpResponse:
    with in_language_of(request, view.language):
        if view.expired:
            return show(request, "cases/link_expired.html", None, GONE)
        said = {"steps_said": [(code, gettext(words)) for code, words in view.steps], "changed": told(view.changed)}
        more = {"plan": plan, "judge": judge, "say": say or SayForm()}
        return show(request, "cases/for_customer.html", view, status, **more, **said)


def told(messages: Iterable[Message]) -> list[str]:
    """Sentences in the language of the page."""
    return [say_message(one) for one in messages]


@contextmanager
def in_language_of(request: Request, language: str) -> Iterator[None]:
    """A customer reads in the language of the file, unless the page was switched; who has none, in the browser's."""
    if not language or settings.LANGUAGE_COOKIE_NAME in request.COOKIES or request.actor.kind is ActorKind.STAFF:
        yield
        return
    with translation.override(language):
        yield
