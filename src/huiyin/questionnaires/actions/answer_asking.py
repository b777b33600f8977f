"""Takes answers: from an agent on the phone, or from the customer by link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Invalid, NotFound
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.questionnaires.actions.keep_answers import keep_answers, tell_answers
from huiyin.questionnaires.models import AnswerLink, Asking
from huiyin.questionnaires.queries.answers import answered
from huiyin.questionnaires.queries.links import digest_of
from huiyin.questionnaires.rules.reading import WHY, Ask, Reading, is_fast, missing, read_answers
from huiyin.questionnaires.rules.words import AskingState, QuestionKind, Way

REQUIRED = _("Please answer this question.")


@dataclass(frozen=True)
class Taken:
    """What became of answers by link: the asking, what was wrong by key, what is still missing."""

    asking: Asking
    wrong: Mapping[str, Message]
    missing: tuple[str, ...]


@action("questionnaires.answer_asking", needs="questionnaires.answer")
def answer_asking(
    act: Act,
    asking_id: int,
    *,
    answers: Mapping[str, object],
    way: str = "phone",
    emotion: str | None = None,
    emotion_note: str = "",
    partial: bool = False,
) -> Asking:
    """Stores an agent's entries, all or none; complete unless ``partial``.

    ``answers`` is ``{question code: value}``, the reason for a low score under ``code + ".why"``; ``emotion`` answers
    the questionnaire's emotion question. The caller has made sure that the person may see the subject.

    Raises:
        Invalid: a value is impossible or a required question is unanswered (complete form); ``fields`` says which.
        Conflict: the asking is already answered or expired.
    """
    asking = _open(act, act.lock(Asking.objects.select_related("questionnaire"), asking_id))
    asks = answered(asking).asks
    reading = read_answers(asks, {**answers, **_mood(asks, emotion, emotion_note)})
    if reading.wrong:
        raise Invalid(message(_("Some answers are not possible.")), reading.wrong)
    before = answered(asking).given
    left = missing(asks, {**before, **reading.good})
    if left and not partial:
        raise Invalid(message(_("Some questions are not answered yet.")), {code: message(REQUIRED) for code in left})
    return _keep(act, asking, reading, way=way, began_at=None, complete=not partial)


@action("questionnaires.answer_by_link")
def answer_by_link(
    act: Act, token: str, *, answers: Mapping[str, object], began_at: datetime | None = None, partial: bool = False
) -> Taken:
    """Stores what the customer sent: good answers are kept even when others are wrong or missing (VIS-29).

    Raises:
        NotFound: no such link, or it was revoked.
        Conflict: already answered or expired.
    """
    link = AnswerLink.objects.filter(digest=digest_of(token), revoked_at=None).first()
    if link is None:
        raise NotFound
    asking = _open(act, act.lock(Asking.objects.select_related("questionnaire"), link.asking_id))
    before = answered(asking)
    reading = read_answers(before.asks, answers)
    left = missing(before.asks, {**before.given, **reading.good})
    complete = not (partial or reading.wrong or left)
    _keep(act, asking, reading, way=Way.SELF, began_at=began_at, complete=complete)
    return Taken(asking, reading.wrong, left)


def _open(act: Act, asking: Asking) -> Asking:
    """Lets only an asking pass that still waits for answers."""
    if asking.state == AskingState.COMPLETE:
        raise Conflict(message(_("This questionnaire has already been answered. Thank you.")))
    if asking.state == AskingState.EXPIRED or asking.expires_at <= act.now:
        raise Conflict(message(_("The time for this questionnaire is over.")))
    return asking


def _mood(asks: tuple[Ask, ...], emotion: str | None, note: str) -> dict[str, object]:
    """The emotion as an answer to the questionnaire's own emotion question."""
    if emotion is None:
        return {}
    code = next((ask.code for ask in asks if ask.kind == QuestionKind.EMOTION), None)
    if code is None:
        raise Invalid(message(_("This questionnaire has no question about the customer's mood.")))
    return {code: emotion, code + WHY: note}


def _keep(act: Act, asking: Asking, reading: Reading, *, way: str, began_at: datetime | None, complete: bool) -> Asking:
    changed = keep_answers(act, asking, reading.good)
    asking.way = way
    asking.started_at = asking.started_at or min(began_at or act.now, act.now)
    if complete:
        _complete(act, asking)
    elif changed:
        asking.state = AskingState.PARTIAL
    if changed or complete:
        tell_answers(act, asking)
        act.record(asking, customer_id=asking.customer_id, way=way, state=asking.state, answers=sorted(changed))
    return asking


def _complete(act: Act, asking: Asking) -> None:
    asking.state = AskingState.COMPLETE
    asking.completed_at = act.now
    asking.seconds = int((act.now - (asking.started_at or act.now)).total_seconds())
    if asking.way == Way.SELF and is_fast(asking.seconds, asking.questionnaire.fast_seconds):
        asking.flags = sorted({*asking.flags, "fast"})
