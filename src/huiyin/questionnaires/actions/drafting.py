"""The common core of working on a draft: load it locked, write a form into it."""

from __future__ import annotations

from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.questionnaires.models import Question, Questionnaire, QuestionnaireState
from huiyin.questionnaires.queries.forms import PLAIN
from huiyin.questionnaires.rules.form import Form, FormQuestion, question_as_data

NO_DRAFT = _("This draft is gone: it was published or thrown away meanwhile. Published versions never change.")


def locked_draft(code: str) -> Questionnaire:
    """The draft of a questionnaire, locked.

    Raises:
        Conflict: it was published or thrown away meanwhile.
    """
    rows = Questionnaire.objects.filter(code=code, state=QuestionnaireState.DRAFT)
    row = rows.select_for_update(of=("self",)).first()
    if row is None:
        raise Conflict(message(NO_DRAFT))
    return row


def write(draft: Questionnaire, form: Form) -> None:
    """Makes the draft say what ``form`` says; the questionnaire's code and version stay."""
    for name in PLAIN:
        if name != "code":
            setattr(draft, name, getattr(form, name))
    draft.save()
    draft.questions.all().delete()
    Question.objects.bulk_create(_row(draft, order, one) for order, one in enumerate(form.questions, 1))


def _row(draft: Questionnaire, order: int, one: FormQuestion) -> Question:
    return Question(questionnaire=draft, order=order, **question_as_data(one))
