"""The questions of a visit as its form shows them, and the form around them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.foundation.forms import MomentField
from huiyin.questionnaires.public import (
    EMOTION_LABELS,
    WAY_LABELS,
    Answered,
    Given,
    Question,
    in_language,
    last_answers_on,
    newest,
)
from huiyin.visits.models import Visit
from huiyin.visits.pages.entered import NamedTimeField

WHY = ".why"
EMOTION_KEYS = {"satisfied": "a", "neutral": "s", "dissatisfied": "d", "angry": "f"}
EMOTION_ICONS = {"satisfied": "smile", "neutral": "meh", "dissatisfied": "frown", "angry": "angry"}
SCALES = {"scale5": range(1, 6), "scale7": range(1, 8), "scale11": range(11)}
WAYS = ("phone", "face", "other")


@dataclass(frozen=True)
class Option:
    """One thing to choose."""

    value: str
    label: str
    chosen: bool
    key: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Item:
    """One question with what is entered so far and what is wrong with it; ``before`` is said before it is asked."""

    code: str
    kind: str
    text: str
    probe: str
    low: int
    value: str
    why: str
    error: str
    required: bool
    scale: tuple[int, ...] = ()
    options: tuple[Option, ...] = ()
    only_if: str = ""
    before: str = ""

    @property
    def is_low(self) -> bool:
        """Whether the score asks for "why?"."""
        return bool(self.scale) and self.value.isdigit() and int(self.value) <= self.low


class VisitForm(forms.Form):
    """What is entered about a visit beside the answers."""

    notes = forms.CharField(label=_("Notes"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    goal_met = forms.NullBooleanField(
        label=_("Goal reached"),
        required=False,
        widget=forms.Select(choices=[("", "—"), ("true", _("Yes")), ("false", _("No"))]),
    )
    way = forms.ChoiceField(label=_("Way"), required=False, choices=[(way, _(WAY_LABELS[way])) for way in WAYS])
    again_at = NamedTimeField(label=_("Call back at"), required=False, max_length=60)
    outside = forms.BooleanField(label=_("Keep it: the customer asked for it"), required=False)
    reason = forms.CharField(required=False, max_length=40)
    chance = forms.CharField(required=False, max_length=40)
    chance_at = NamedTimeField(label=_("At a time the customer names"), required=False, max_length=60)
    override_reason = forms.CharField(label=_("Call anyway, because"), required=False, max_length=200)


class OwedForm(forms.Form):
    """A question that somebody else answers later."""

    question = forms.CharField(
        label=_("What the customer asked"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    owner = forms.IntegerField(label=_("Who answers"), widget=forms.Select())
    due_at = MomentField(label=_("By when"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))

    def __init__(self, data: QueryDict | None, people: list[tuple[int, str]]) -> None:
        super().__init__(data, prefix="owed")
        self.fields["owner"].widget.choices = people


class CorrectForm(forms.Form):
    """A correction of the record."""

    needs = forms.CharField(label=_("Needs"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    suggestions = forms.CharField(
        label=_("Suggestions"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    notes = forms.CharField(label=_("Notes"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    reason = forms.CharField(label=_("Why is this corrected?"), max_length=300)


def asked_of(visit: Visit) -> Answered | None:
    """What was asked in this visit so far."""
    return last_answers_on(visit)


def items_of(visit: Visit, asked: Answered | None, typed: Mapping[str, str], wrong: Mapping[str, str]) -> list[Item]:
    """The questions to ask: what is stored, over it what was just typed, with its errors."""
    questions = asked.questions if asked else tuple(newest(visit.policy.questionnaire).questions.all())
    given = asked.given if asked else {}
    asked_here = [question for question in questions if question.kind != "photo"]  # no agent can take one
    return [item_of(question, given.get(question.code), typed, wrong) for question in asked_here]


def item_of(
    question: Question, one: Given | None, typed: Mapping[str, str], wrong: Mapping[str, str], key: str = ""
) -> Item:
    """One question, entered under ``key`` ("": its own code)."""
    stored = "" if one is None else str(one.number if one.number is not None else ",".join(one.choices) or one.text)
    code = key or question.code
    value = typed.get(code, stored)
    return Item(
        code=code,
        kind=question.kind,
        text=question.text,
        probe=question.probe,
        low=question.probe_at or 0,
        value=value,
        why=typed.get(code + WHY, one.why if one else ""),
        error=wrong.get(code, ""),
        required=question.required,
        scale=tuple(SCALES.get(question.kind, ())),
        options=_options(question.kind, question.options, value),
        only_if=json.dumps(question.only_if) if question.only_if else "",
    )


def _options(kind: str, options: list[dict[str, str]], value: str) -> tuple[Option, ...]:
    if kind == "emotion":
        return tuple(
            Option(code, gettext(label), code == value, EMOTION_KEYS[code], EMOTION_ICONS[code])
            for code, label in EMOTION_LABELS.items()
        )
    chosen = value.split(",")
    return tuple(
        Option(each["code"], in_language(each["zh"], each.get("en", "")), each["code"] in chosen) for each in options
    )


def typed_answers(post: QueryDict, kinds: Mapping[str, str]) -> dict[str, object]:
    """What was entered for each question (``kinds`` by key), follow-ups under ``key.why``; what is untouched is left
    out."""
    answers: dict[str, object] = {}
    for key, kind in kinds.items():
        values = post.getlist(key)
        if any(values):
            answers[key] = values if kind == "multi" else values[-1]
        if post.get(key + WHY):
            answers[key + WHY] = post[key + WHY]
    return answers
