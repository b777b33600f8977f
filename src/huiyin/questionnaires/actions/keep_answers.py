"""The common core of answering and correcting: a changed answer is a new version, and the rooms above are told."""

from __future__ import annotations

from collections.abc import Mapping

from huiyin.foundation.actions import Act
from huiyin.questionnaires.events import AnswersGiven
from huiyin.questionnaires.models import Answer, Asking
from huiyin.questionnaires.queries.answers import answered
from huiyin.questionnaires.rules.reading import Given, emotion_of, opinion
from huiyin.questionnaires.rules.words import AskingState


def keep_answers(act: Act, asking: Asking, given: Mapping[str, Given], *, reason: str = "") -> set[str]:
    """Writes a new version of every answer that differs from the present one; returns the codes that changed."""
    present = answered(asking)
    changed = {
        code: one
        for code, one in given.items()
        if one != (present.answers[code].as_given() if code in present.answers else Given())
    }
    old = {code: present.answers[code] for code in changed if code in present.answers}
    Answer.objects.filter(pk__in=[answer.pk for answer in old.values()]).update(current=False)
    questions = {question.code: question for question in present.questions}
    Answer.objects.bulk_create(
        Answer(
            asking=asking,
            question=questions[code],
            version=old[code].version + 1 if code in old else 1,
            number=one.number,
            text=one.text,
            choices=list(one.choices),
            why=one.why,
            at=act.now,
            author_kind=act.actor.kind,
            author_id=act.actor.id,
            reason=reason,
        )
        for code, one in changed.items()
    )
    return set(changed)


def tell_answers(act: Act, asking: Asking) -> None:
    """Saves the asking with its emotion and tells the rooms above what was said so far."""
    present = answered(asking)
    asking.emotion = emotion_of(present.asks, present.given)
    asking.scores = dict(present.scores)
    asking.mean = opinion(present.scores)
    asking.save()
    act.emit(
        AnswersGiven(
            asking_id=asking.pk,
            subject=asking.subject,
            subject_id=asking.subject_id,
            customer_id=asking.customer_id,
            lows=present.lows,
            emotion=asking.emotion,
            problem=present.problem,
            way=asking.way,
            complete=asking.state == AskingState.COMPLETE,
        )
    )
