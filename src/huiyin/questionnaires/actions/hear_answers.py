"""Asks and enters the answers in one go, for a room whose person heard them, such as a visit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from huiyin.foundation.actions import Act
from huiyin.kernel.refusal import Forbidden
from huiyin.questionnaires.actions.ask import asking_of
from huiyin.questionnaires.actions.entering import Heard, enter_heard
from huiyin.questionnaires.queries.answers import answered


def hear_answers(
    act: Act,
    *,
    questionnaire: str,
    subject: Model,
    customer: int | None,
    attribution: Mapping[str, Any],
    heard: Heard,
) -> dict[str, Any]:
    """Enters answers about ``subject``, a row the caller holds locked, into its open asking or a new one.

    Part of the caller's action: what it returns belongs into that action's line of history, and what it saves stands
    in the journal of rows under that action's verb.

    Raises:
        Forbidden: the person may not answer questionnaires.
        Invalid: a value is impossible or a required question is unanswered (complete form); nothing is saved.
        Conflict: somebody else has just asked the same.
    """
    if not act.actor.may("questionnaires.answer"):
        raise Forbidden
    asking = asking_of(act, questionnaire, subject, customer, attribution)
    changed = enter_heard(act, answered(asking), heard, about=subject)
    return {"asking": asking.pk, "answers": list(changed)}
