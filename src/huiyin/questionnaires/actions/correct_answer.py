"""Corrects an answer: a new version with reason and author; the old one stays (VIS-26)."""

from __future__ import annotations

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.questionnaires.actions.keep_answers import fresh_answers, keep_answers
from huiyin.questionnaires.models import Answer, Asking
from huiyin.questionnaires.queries.answers import answered
from huiyin.questionnaires.rules.branching import without_hidden
from huiyin.questionnaires.rules.reading import WHY, Ask, Given, read_answers


@action("questionnaires.correct_answer", needs="questionnaires.correct")
def correct_answer(act: Act, asking_id: int, question: str, *, value: object, why: str = "", reason: str) -> Answer:
    """Replaces the present answer to ``question``; the same value again changes nothing.

    Answers to questions that are not asked after the new value are emptied with it, as versions of their own.

    Raises:
        NotFound: the asking is outside the person's scope.
        Invalid: no reason, no such question, an impossible value, or nothing to correct.
    """
    asking = act.lock(Asking.objects.visible_to(act.actor), asking_id)
    if not reason.strip():
        raise Invalid(message(_("A correction needs a reason.")), {"reason": message(_("Say why."))})
    before = answered(asking)
    if question not in before.answers:
        raise Invalid(message(_("This question has no answer that could be corrected.")))
    given = _read(before.asks, question, value, why)
    kept = without_hidden(before.asks, before.given, {question: given}, Given())
    fresh = fresh_answers(act, before, kept, reason=reason.strip())
    if fresh:
        keep_answers(act, before, fresh)
        act.record(asking, customer_id=asking.customer_id, reason=reason.strip(), question=question)
    return fresh.get(question, before.answers[question])


def _read(asks: tuple[Ask, ...], question: str, value: object, why: str) -> Given:
    reading = read_answers(asks, {question: value, question + WHY: why})
    if reading.wrong:
        raise Invalid(message(_("Some answers are not possible.")), reading.wrong)
    return reading.good[question]
