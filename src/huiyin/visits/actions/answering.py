"""The answers of a visit: its questionnaire is asked once, its attribution frozen when it is asked (QST-5)."""

from __future__ import annotations

from collections.abc import Mapping

from huiyin.foundation.actions import Act
from huiyin.questionnaires.public import Asking, answer_asking, ask
from huiyin.visits.models import Visit


def asking_of(act: Act, visit: Visit) -> Asking:
    """The visit's asking; made when it is first needed."""
    attribution = {
        **visit.attribution,
        "agent": visit.agent_id,
        "department": visit.department_id,
        "store": visit.store_id,
    }
    return ask(
        act.call,
        questionnaire=visit.policy.questionnaire,
        subject=visit,
        customer=visit.customer_id,
        attribution={name: value for name, value in attribution.items() if value is not None},
        link=False,
    )


def take_answers(
    act: Act,
    visit: Visit,
    answers: Mapping[str, object],
    *,
    complete: bool,
    emotion: str | None = None,
    emotion_note: str = "",
) -> Asking:
    """Enters answers, all of them or none.

    Raises:
        Invalid: an impossible value, or (``complete``) a required question without an answer.
    """
    return answer_asking(
        act.call,
        asking_of(act, visit).pk,
        answers=answers,
        way=visit.way or "phone",
        emotion=emotion,
        emotion_note=emotion_note,
        partial=not complete,
    )
