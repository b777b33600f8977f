"""The builder: head, questions and their order, what contradicts itself, publishing (QST-1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from huiyin.foundation.forms import refusals, say
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.kernel.refusal import Conflict, Invalid, Repeated
from huiyin.questionnaires.actions.edit_draft import discard_draft, move_question, remove_question, save_head
from huiyin.questionnaires.actions.publish_draft import publish_draft
from huiyin.questionnaires.models import Question, Questionnaire
from huiyin.questionnaires.pages.conditions import condition_in_words
from huiyin.questionnaires.pages.telling import tell
from huiyin.questionnaires.queries.forms import draft_of, form_of
from huiyin.questionnaires.rules.checking import Fault, check


class HeadForm(forms.Form):
    """Titles, opening words and times of a questionnaire."""

    title_zh = forms.CharField(label=_("Title in Chinese"), max_length=100)
    title_en = forms.CharField(label=_("Title in English"), max_length=100, required=False)
    intro_zh = forms.CharField(label=_("Opening words in Chinese"), max_length=300, required=False)
    intro_en = forms.CharField(label=_("Opening words in English"), max_length=300, required=False)
    valid_days = forms.IntegerField(label=_("Link valid for (days)"), min_value=1, max_value=365)
    remind_after_days = forms.IntegerField(
        label=_("Remind after (days)"), min_value=1, max_value=365, required=False, help_text=_("Empty: never.")
    )
    fast_seconds = forms.IntegerField(
        label=_("Too fast under (seconds)"), min_value=0, max_value=3600, help_text=_("Such answers are flagged.")
    )
    repeat_days = forms.IntegerField(
        label=_("Same phone again within (days)"), min_value=0, max_value=365, help_text=_("Such answers are flagged.")
    )


@dataclass(frozen=True)
class Line:
    """One question in the list; ``only_if`` its condition in words, ``faults`` what is wrong with it."""

    question: Question
    only_if: str
    faults: list[str]


@dataclass(frozen=True)
class DraftPage:
    """The draft as it stands; ``firm`` keep it from being published, ``soft`` are only warnings."""

    draft: Questionnaire
    lines: list[Line]
    firm: list[str]
    soft: list[str]


@page("questionnaires/<slug:code>/draft/", name="questionnaire-draft", needs="questionnaires.change")
def questionnaire_draft(request: Request, code: str) -> HttpResponse:
    """The draft; its head is saved here."""
    draft = draft_of(code)
    form = HeadForm(request.POST or {name: getattr(draft, name) for name in HeadForm.base_fields})
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            save_head(call_of(request), code, **form.cleaned_data)
            messages.success(request, gettext("Saved."))
        if not form.errors:
            return go("questionnaire-draft", code)
    return show(request, "questionnaires/draft.html", _page(draft), form=form, status=422 if form.errors else 200)


@page("questionnaires/<slug:code>/draft/change/", name="questionnaire-change", needs="questionnaires.change")
@require_POST
def questionnaire_change(request: Request, code: str) -> HttpResponse:
    """One button of the builder: a question up, down or out, publish, throw away."""
    verb, question = request.POST.get("verb", ""), request.POST.get("question", "")
    doing: dict[str, tuple[Callable[..., Any], dict[str, Any], str]] = {
        "up": (move_question, {"question": question, "steps": -1}, "questionnaire-draft"),
        "down": (move_question, {"question": question, "steps": 1}, "questionnaire-draft"),
        "remove": (remove_question, {"question": question}, "questionnaire-draft"),
        "publish": (publish_draft, {}, "questionnaire"),
        "discard": (discard_draft, {}, "questionnaires"),
    }
    if verb not in doing:
        return go("questionnaire-draft", code)
    action, more, then = doing[verb]
    try:
        action(call_of(request), code, **more)
    except Repeated:
        pass
    except (Conflict, Invalid) as refusal:
        tell(request, refusal)
        then = "questionnaire-draft" if isinstance(refusal, Invalid) else "questionnaire"
    return go(then) if then == "questionnaires" else go(then, code)


def _page(draft: Questionnaire) -> DraftPage:
    form = form_of(draft)
    faults = check(form)
    lines = [
        Line(row, condition_in_words(form.questions, one), _said(faults, one.code))
        for row, one in zip(draft.questions.all(), form.questions, strict=True)
    ]
    firm = [say(fault.why) for fault in faults if fault.firm]
    return DraftPage(draft, lines, firm, [say(fault.why) for fault in faults if not fault.firm])


def _said(faults: list[Fault], code: str) -> list[str]:
    return [say(fault.why) for fault in faults if fault.question == code and fault.firm]
