"""Questions as the customer's page shows them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from huiyin.foundation.forms import say
from huiyin.foundation.photos import ACCEPTED, MOST_MEGABYTES, MOST_PHOTOS
from huiyin.questionnaires.actions.answer_asking import Taken
from huiyin.questionnaires.actions.entering import REQUIRED
from huiyin.questionnaires.models import Asking, Question, in_language
from huiyin.questionnaires.pages.conditions import condition_in_words
from huiyin.questionnaires.queries.answers import Answered
from huiyin.questionnaires.queries.forms import form_questions
from huiyin.questionnaires.rules.reading import LONGEST_TEXT, WHY
from huiyin.questionnaires.rules.words import EMOTION_LABELS, SCALES, Emotion, QuestionKind

EMOTION_ICONS = {
    Emotion.SATISFIED: "smile",
    Emotion.NEUTRAL: "meh",
    Emotion.DISSATISFIED: "frown",
    Emotion.ANGRY: "angry",
}


@dataclass(frozen=True)
class Choice:
    """One thing to tap; ``low`` opens the follow-up question."""

    value: str
    label: str
    checked: bool
    low: bool = False
    icon: str = ""


@dataclass(frozen=True)
class Field:
    """One question ready to be drawn; ``only_if`` its condition for the page's script, ``when`` the same in words."""

    question: Question
    choices: tuple[Choice, ...]
    text: str
    why: str
    error: str
    only_if: str = ""
    when: str = ""
    longest: int = LONGEST_TEXT
    photos: tuple[int, ...] = ()

    @property
    def many(self) -> bool:
        """Whether several answers may be tapped."""
        return self.question.kind == QuestionKind.MULTI

    @property
    def accepted(self) -> str:
        """The kinds of files a photo may come in; "": no photo is asked for."""
        return ACCEPTED if self.question.kind == QuestionKind.PHOTO else ""

    @property
    def most_photos(self) -> int:
        """How many photos it takes."""
        return self.question.most_photos or MOST_PHOTOS

    @property
    def most_megabytes(self) -> int:
        """How large a photo may be."""
        return self.question.most_megabytes or MOST_MEGABYTES

    @property
    def numbers(self) -> tuple[int, ...]:
        """The steps of a scale."""
        return tuple(int(choice.value) for choice in self.choices) if self.scale else ()

    @property
    def low(self) -> int:
        """The highest score that is probed; -1: none is."""
        return -1 if self.question.probe_at is None else self.question.probe_at

    @property
    def scale(self) -> bool:
        """Whether the choices are the steps of a scale."""
        return self.question.kind in SCALES


def raw_answers(asking: Asking, data: QueryDict) -> dict[str, object]:
    """The posted answers of this questionnaire's own questions."""
    raw: dict[str, object] = {}
    for question in asking.questionnaire.questions.all():
        if question.kind == QuestionKind.PHOTO:
            continue
        many = question.kind == QuestionKind.MULTI
        raw[question.code] = data.getlist(question.code) if many else data.get(question.code, "")
        raw[question.code + WHY] = data.get(question.code + WHY, "")
    return raw


def fields_of(about: Answered, typed: Mapping[str, object], taken: Taken | None) -> tuple[Field, ...]:
    """All questions; what was just typed stands over what is stored."""
    asked = form_questions(about.questions)
    whens = [condition_in_words(asked, one) for one in asked]
    return tuple(_field(*one, about, typed, taken) for one in zip(about.questions, whens, strict=True))


def _field(question: Question, when: str, about: Answered, typed: Mapping[str, object], taken: Taken | None) -> Field:
    stored = about.given.get(question.code)
    chosen = _typed_codes(typed.get(question.code))
    text, why = str(typed.get(question.code) or ""), str(typed.get(question.code + WHY) or "")
    if stored is not None and not chosen:
        chosen = {*stored.choices, *([str(stored.number)] if stored.number is not None else [])}
    if stored is not None and not typed:
        text, why = stored.text, stored.why or (stored.text if stored.choices else "")
    only_if = json.dumps(question.only_if) if question.only_if else ""
    photos = tuple(about.answers[question.code].photos) if question.kind == "photo" and stored else ()
    choices = _choices(question, chosen)
    return Field(question, choices, text, why, _error(question, taken), only_if, when, photos=photos)


def _typed_codes(value: object) -> set[str]:
    return {str(item) for item in value} if isinstance(value, list) else {str(value)} if value else set()


def _choices(question: Question, chosen: set[str]) -> tuple[Choice, ...]:
    if question.kind in SCALES:
        low, high = SCALES[question.kind]
        probe_at = -1 if question.probe_at is None else question.probe_at
        return tuple(Choice(str(n), str(n), str(n) in chosen, n <= probe_at) for n in range(low, high + 1))
    if question.kind == QuestionKind.EMOTION:
        return tuple(
            Choice(code, _(EMOTION_LABELS[code]), code in chosen, icon=EMOTION_ICONS[code]) for code in Emotion
        )
    return tuple(
        Choice(one["code"], in_language(one["zh"], one.get("en", "")), one["code"] in chosen)
        for one in question.options
    )


def _error(question: Question, taken: Taken | None) -> str:
    if taken is None:
        return ""
    wrong = taken.wrong.get(question.code)
    if wrong is not None:
        return say(wrong)
    return _(REQUIRED) if question.code in taken.missing else ""
