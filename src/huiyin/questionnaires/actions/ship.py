"""Puts the shipped questionnaires in place."""

from __future__ import annotations

from typing import Any

from huiyin.foundation.actions import Act, action
from huiyin.questionnaires.models import Question, Questionnaire, QuestionnaireState
from huiyin.questionnaires.shipped.forms import FORMS
from huiyin.questionnaires.shipped.gifts import GIFT_FORMS


@action("questionnaires.ship")
def ship(act: Act) -> int:
    """Adds each shipped questionnaire whose code does not exist yet; returns how many. Safe to repeat."""
    return sum(_add(act, form) for form in (*FORMS, *GIFT_FORMS))


def _add(act: Act, form: dict[str, Any]) -> bool:
    about = {name: value for name, value in form.items() if name not in ("questions", "code", "version")}
    row, made = Questionnaire.objects.get_or_create(
        code=form["code"], version=form["version"], defaults={**about, "state": QuestionnaireState.PUBLISHED}
    )
    if made:
        Question.objects.bulk_create(
            Question(questionnaire=row, order=order, **question) for order, question in enumerate(form["questions"], 1)
        )
        row.published_at = act.now  # from here on the database lets nobody change it
        row.save(update_fields=["published_at"])
        act.record(row)
    return made
