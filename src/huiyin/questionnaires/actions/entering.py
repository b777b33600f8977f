"""Enters what was said into an asking; common to an agent's entries, the customer's own, and those of a visit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from huiyin.foundation.actions import Act
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.questionnaires.actions.keep_answers import fresh_answers, keep_answers
from huiyin.questionnaires.models import Asking
from huiyin.questionnaires.queries.answers import Answered
from huiyin.questionnaires.rules.branching import without_hidden
from huiyin.questionnaires.rules.reading import WHY, Ask, Given, is_fast, missing, read_answers
from huiyin.questionnaires.rules.words import AskingState, QuestionKind, Way

REQUIRED = _("Please answer this question.")


@dataclass(frozen=True)
class Heard:
    """What an agent heard.

    ``answers`` is ``{question code: value}``, the reason for a low score under ``code + ".why"``; ``emotion`` answers
    the questionnaire's emotion question. ``partial``: more may follow.
    """

    answers: Mapping[str, object]
    way: str = Way.PHONE
    emotion: str | None = None
    emotion_note: str = ""
    partial: bool = False


def still_open(act: Act, asking: Asking) -> Asking:
    """Lets only an asking pass that still waits for answers."""
    if asking.state == AskingState.COMPLETE:
        raise Conflict(message(_("This questionnaire has already been answered. Thank you.")))
    if asking.state == AskingState.EXPIRED or asking.expires_at <= act.now:
        raise Conflict(message(_("The time for this questionnaire is over.")))
    return asking


def enter_heard(act: Act, before: Answered, heard: Heard, *, about: object | None = None) -> tuple[str, ...]:
    """Stores an agent's entries, all or none; the codes of the questions whose answers changed.

    Raises:
        Invalid: a value is impossible or a required question is unanswered (complete form); ``fields`` says which.
    """
    mood = _mood(before.asks, heard.emotion, heard.emotion_note)
    reading = read_answers(before.asks, {**heard.answers, **mood})
    if reading.wrong:
        raise Invalid(message(_("Some answers are not possible.")), reading.wrong)
    left = missing(before.asks, {**before.given, **reading.good})
    if left and not heard.partial:
        raise Invalid(message(_("Some questions are not answered yet.")), {code: message(REQUIRED) for code in left})
    return enter(act, before, reading.good, way=heard.way, complete=not heard.partial, about=about)


def _mood(asks: tuple[Ask, ...], emotion: str | None, note: str) -> dict[str, object]:
    """The emotion as an answer to the questionnaire's own emotion question."""
    if emotion is None:
        return {}
    code = next((ask.code for ask in asks if ask.kind == QuestionKind.EMOTION), None)
    if code is None:
        raise Invalid(message(_("This questionnaire has no question about the customer's mood.")))
    return {code: emotion, code + WHY: note}


def enter(
    act: Act,
    before: Answered,
    given: Mapping[str, Given],
    *,
    way: str,
    complete: bool,
    began_at: datetime | None = None,
    about: object | None = None,
) -> tuple[str, ...]:
    """Stores good answers to questions that are asked (QST-1) and tells the rooms above; the codes that changed.

    Nothing new and not complete: nothing.
    """
    asking = before.asking
    fresh = fresh_answers(act, before, without_hidden(before.asks, before.given, given, Given()))
    asking.way = way
    asking.started_at = asking.started_at or min(began_at or act.now, act.now)
    if complete:
        _complete(act, asking)
    elif fresh:
        asking.state = AskingState.PARTIAL
    if fresh or complete:
        keep_answers(act, before, fresh, about=about)
    return tuple(sorted(fresh))


def _complete(act: Act, asking: Asking) -> None:
    asking.state = AskingState.COMPLETE
    asking.completed_at = act.now
    asking.seconds = int((act.now - (asking.started_at or act.now)).total_seconds())
    if asking.way == Way.SELF and is_fast(asking.seconds, asking.questionnaire.fast_seconds):
        asking.flags = sorted({*asking.flags, "fast"})
