"""The common core of answering and correcting: a changed answer is a new version, and the rooms above are told."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError

from huiyin.foundation.actions import Act
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.questionnaires.events import AnswersGiven
from huiyin.questionnaires.models import Answer, Asking
from huiyin.questionnaires.queries.answers import Answered
from huiyin.questionnaires.rules.reading import Given, emotion_of, opinion
from huiyin.questionnaires.rules.words import AskingState

JUST_ASKED = message(_("This questionnaire has just been asked by somebody else. Reload the page."))
SAID = ("state", "way", "started_at", "completed_at", "seconds", "flags", "emotion", "scores", "mean", "device")
"""What answers change about an asking."""


def fresh_answers(act: Act, before: Answered, given: Mapping[str, Given], *, reason: str = "") -> dict[str, Answer]:
    """A new version of every answer that differs from the present one, by question; not yet saved."""
    questions = {question.code: question for question in before.questions}
    return {
        code: Answer(
            asking=before.asking,
            question=questions[code],
            version=before.answers[code].version + 1 if code in before.answers else 1,
            number=one.number,
            text=one.text,
            choices=list(one.choices),
            why=one.why,
            at=act.now,
            author_kind=act.actor.kind,
            author_id=act.actor.id,
            reason=reason,
        )
        for code, one in given.items()
        if one != before.given.get(code, Given())
    }


def keep_answers(act: Act, before: Answered, fresh: Mapping[str, Answer], *, about: object | None = None) -> None:
    """Saves the asking (a new one too) with what it says now, then the fresh answers, and tells the rooms above.

    ``about`` is the subject's row, if the caller holds it locked.

    Raises:
        Conflict: somebody else has asked the same at the same moment.
    """
    now = before.changed(fresh)
    _save(now)
    old = [before.answers[code].pk for code in fresh if code in before.answers]
    if old:
        Answer.objects.filter(pk__in=old).update(current=False)
    Answer.objects.bulk_create(fresh.values())
    act.emit(_told(now, about))


def _save(now: Answered) -> None:
    asking = now.asking
    asking.emotion = emotion_of(now.asks, now.given)
    asking.scores = dict(now.scores)
    asking.mean = opinion(now.scores)
    if asking.pk is None:
        _insert(asking)
    else:
        asking.save(update_fields=SAID)


def _insert(asking: Asking) -> None:
    try:
        asking.save(force_insert=True)
    except IntegrityError:  # the transaction is broken by it: nothing but a refusal can follow
        raise Conflict(JUST_ASKED) from None


def _told(now: Answered, about: object | None) -> AnswersGiven:
    asking: Asking = now.asking
    return AnswersGiven(
        asking_id=asking.pk,
        subject=asking.subject,
        subject_id=asking.subject_id,
        customer_id=asking.customer_id,
        lows=now.lows,
        emotion=asking.emotion,
        problem=now.problem,
        way=asking.way,
        complete=asking.state == AskingState.COMPLETE,
        about=about,
    )
