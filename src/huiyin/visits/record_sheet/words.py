"""Moments, lengths and choices as the sheet writes them, in the active language."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin.questionnaires.public import EMOTION_LABELS, WAY_LABELS, Answer, Question, in_language

NOTHING = "–"
TICK = "□"


def moment(at: datetime | None) -> str:
    """A moment on the company's clock, to the minute."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


def day(at: datetime | None) -> str:
    """Its day."""
    return f"{timezone.localtime(at):%Y-%m-%d}" if at else ""


def span(start: datetime | None, end: datetime | None) -> str:
    """A window of one day."""
    return f"{moment(start)}–{timezone.localtime(end):%H:%M}" if start and end else ""


def length(seconds: int | None) -> str:
    """How long a talk was: 3:05."""
    return f"{seconds // 60}:{seconds % 60:02}" if seconds is not None else ""


def yes_or_no(value: bool | None) -> str:
    """Yes, no, or boxes to tick where it is not known."""
    yes, no = _("Yes"), _("No")
    if value is None:
        return boxes(yes, no)
    return yes if value else no


def boxes(*choices: str) -> str:
    """Boxes to tick by hand."""
    return "   ".join(f"{TICK}\N{NO-BREAK SPACE}{choice}" for choice in choices)


def emotion(code: str) -> str:
    """The customer's mood."""
    return _(EMOTION_LABELS[code]) if code in EMOTION_LABELS else code


def way(code: str) -> str:
    """How the customer was visited."""
    return _(WAY_LABELS[code]) if code in WAY_LABELS else code


def said(question: Question, answer: Answer | None) -> str:
    """The score, the chosen words, or the text."""
    if answer is None:
        return ""
    if question.kind == "photo":
        count = len(answer.photos)
        return ngettext("%(count)s photo", "%(count)s photos", count) % {"count": count} if count else ""
    if answer.number is not None:
        return str(answer.number)
    names = {one["code"]: in_language(one["zh"], one.get("en", "")) for one in question.options}
    chosen = (emotion(code) if code in EMOTION_LABELS else names.get(code, code) for code in answer.choices)
    return ", ".join([*chosen, *([answer.text] if answer.text else [])])
