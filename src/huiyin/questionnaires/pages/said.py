"""An answer as a person reads it."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext

from huiyin.questionnaires.models import Answer, Question, in_language
from huiyin.questionnaires.rules.words import EMOTION_LABELS, SCALES, QuestionKind


def said(question: Question, answer: Answer) -> str:
    """``4 / 5``, the chosen words, or the text."""
    if question.kind == QuestionKind.PHOTO:
        count = len(answer.photos)
        return ngettext("%(count)s photo", "%(count)s photos", count) % {"count": count} if count else ""
    if answer.number is not None:
        return f"{answer.number} / {SCALES[question.kind][1]}"
    if not answer.choices:
        return answer.text
    names = {one["code"]: in_language(one["zh"], one.get("en", "")) for one in question.options}
    words = (
        gettext(EMOTION_LABELS[code]) if code in EMOTION_LABELS else names.get(code, code) for code in answer.choices
    )
    return ", ".join([*words, *([answer.text] if answer.text else [])])
