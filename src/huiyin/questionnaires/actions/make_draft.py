"""Begins a draft: of a new questionnaire, or of the next version of one that exists."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Max

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.questionnaires.actions.drafting import write
from huiyin.questionnaires.models import Questionnaire, QuestionnaireState
from huiyin.questionnaires.queries.forms import form_of, one_version
from huiyin.questionnaires.rules.form import Form
from huiyin.questionnaires.rules.form_file import is_code

TAKEN = _("Somebody is already working on a draft of this questionnaire; go on with that one.")


@action("questionnaires.make_draft", needs="questionnaires.change")
def make_draft(act: Act, code: str, version: int) -> Questionnaire:
    """A draft that says what ``version`` says, for the next version.

    Raises:
        NotFound: no such version.
        Conflict: there is a draft already.
    """
    return new_draft(act, form_of(one_version(code, version)))


@action("questionnaires.begin", needs="questionnaires.change")
def begin_questionnaire(act: Act, code: str, *, title_zh: str, title_en: str = "") -> Questionnaire:
    """An empty draft of a new questionnaire.

    Raises:
        Invalid: the code is not possible or taken, or there is no title.
    """
    if not is_code(code):
        text = _("A code begins with a small letter and has only small letters, digits and _; at most 30.")
        raise Invalid(message(_("The questionnaire cannot be made like this.")), {"code": message(text)})
    if Questionnaire.objects.filter(code=code).exists():
        text = _("There is a questionnaire with this code already.")
        raise Invalid(message(_("The questionnaire cannot be made like this.")), {"code": message(text)})
    return new_draft(act, Form(code, title_zh.strip(), title_en.strip()))


def new_draft(act: Act, form: Form) -> Questionnaire:
    """A draft with the next number that says what ``form`` says.

    Raises:
        Conflict: there is a draft already.
    """
    last = Questionnaire.objects.filter(code=form.code).aggregate(last=Max("version"))["last"] or 0
    draft = Questionnaire(code=form.code, version=last + 1, state=QuestionnaireState.DRAFT, title_zh=form.title_zh)
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError:
        raise Conflict(message(TAKEN)) from None
    write(draft, form)
    act.record(draft)
    return draft
