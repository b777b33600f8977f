"""One asking for staff: every answer with its versions, the correction, and a fresh link with its QR code."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django import forms
from django.http import HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.foundation import clock
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.questionnaires.actions.correct_answer import correct_answer
from huiyin.questionnaires.actions.make_link import make_link, revoke_links
from huiyin.questionnaires.models import Answer, Asking, Question
from huiyin.questionnaires.pages.said import said
from huiyin.questionnaires.qr import qr_svg
from huiyin.questionnaires.queries.answers import Answered, asking_for, history_of
from huiyin.questionnaires.queries.links import address_of
from huiyin.questionnaires.rules.flags import FLAG_LABELS
from huiyin.questionnaires.rules.words import EMOTION_LABELS, STATE_LABELS, UNSENT_LABELS, WAY_LABELS, AskingState

TONES = {"open": "neutral", "partial": "soon", "complete": "kept", "expired": "neutral"}


@dataclass(frozen=True)
class VersionView:
    """One version of an answer in words."""

    answer: Answer
    words: str


@dataclass(frozen=True)
class AnsweredView:
    """One question with its present answer and the older ones; ``low`` when the score asked for a why."""

    question: Question
    now: VersionView | None
    older: list[VersionView]
    low: bool


@dataclass(frozen=True)
class AskingPage:
    """The asking in words and what this person may do."""

    asking: Asking
    state: str
    tone: str
    way: str
    emotion: str
    flags: list[str]
    answers: list[AnsweredView]
    unsent: str
    may_correct: bool
    may_link: bool
    address: str = ""
    qr: SafeString | None = None


class CorrectionForm(forms.Form):
    """A new value for one answer, and why the old one was wrong."""

    question = forms.ChoiceField(label=_("Question"))
    value = forms.CharField(label=_("Right answer"), max_length=2000, required=False)
    why = forms.CharField(label=_("Reason for a low score"), max_length=2000, required=False)
    reason = forms.CharField(label=_("Why it is corrected"), max_length=300)

    def of(self, about: Answered) -> CorrectionForm:
        """Offers the questions that have an answer."""
        field = self.fields["question"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(one.code, one.text) for one in about.questions if one.code in about.answers]
        return self


@page("askings/<int:asking_id>/", name="asking", needs="questionnaires.see")
def asking_page(request: Request, asking_id: int) -> HttpResponse:
    """What a customer was asked and what came back."""
    about = asking_for(request.actor, asking_id)
    form = CorrectionForm(request.POST or None).of(about)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with refusals(form):
            correct_answer(
                call_of(request),
                asking_id,
                given["question"],
                value=given["value"],
                why=given["why"],
                reason=given["reason"],
            )
        if not form.errors:
            return go("asking", asking_id)
    return _show(request, about, form, status=422 if form.errors else 200)


@page("askings/<int:asking_id>/link/", name="asking-link", needs="questionnaires.answer")
def asking_link(request: Request, asking_id: int) -> HttpResponse:
    """Makes a fresh link and shows it once, with its QR code; or revokes all links."""
    about = asking_for(request.actor, asking_id)
    if request.method != "POST":
        return go("asking", asking_id)
    form = CorrectionForm().of(about)
    if request.POST.get("verb") == "revoke":
        revoke_links(call_of(request), asking_id)
        return go("asking", asking_id)
    address = address_of(make_link(call_of(request), asking_id))
    return _show(request, about, form, address=address)


def _show(
    request: Request, about: Answered, form: CorrectionForm, address: str = "", status: int = 200
) -> HttpResponse:
    asking, actor = about.asking, request.actor
    open_now = asking.state in (AskingState.OPEN, AskingState.PARTIAL) and asking.expires_at > clock.now()
    context = AskingPage(
        asking=asking,
        state=gettext(STATE_LABELS[asking.state]),
        tone=TONES[asking.state],
        way=gettext(WAY_LABELS[asking.way]) if asking.way else "",
        emotion=gettext(EMOTION_LABELS[asking.emotion]) if asking.emotion else "",
        flags=[gettext(FLAG_LABELS.get(flag, flag)) for flag in asking.flags],
        answers=_answers(about),
        unsent=gettext(UNSENT_LABELS[asking.unsent]) if asking.unsent else "",
        may_correct=bool(about.answers) and actor.may("questionnaires.correct"),
        may_link=open_now and actor.may("questionnaires.answer"),
        address=address,
        qr=qr_svg(address) if address else None,
    )
    return show(request, "questionnaires/asking.html", context, form=form, status=status)


def _answers(about: Answered) -> list[AnsweredView]:
    history = {code: list(rows) for code, rows in groupby(history_of(about.asking.pk), lambda row: row.question.code)}
    low = {one.question for one in about.lows}
    views = []
    for question in about.questions:
        versions = [VersionView(answer, said(question, answer)) for answer in history.get(question.code, [])]
        now = versions[-1] if versions else None
        views.append(AnsweredView(question, now, versions[-2::-1], question.code in low))
    return views
