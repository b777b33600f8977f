"""Works on a draft: its head, its questions, their order, or all of it from a file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Invalid, NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.questionnaires.actions.drafting import locked_draft, write
from huiyin.questionnaires.actions.make_draft import new_draft
from huiyin.questionnaires.models import Questionnaire, QuestionnaireState
from huiyin.questionnaires.queries.forms import form_of
from huiyin.questionnaires.rules.form import Form, FormQuestion
from huiyin.questionnaires.rules.form_file import MOST_QUESTIONS, is_code


@action("questionnaires.save_head", needs="questionnaires.change")
def save_head(
    act: Act,
    code: str,
    *,
    title_zh: str,
    title_en: str,
    intro_zh: str,
    intro_en: str,
    fast_seconds: int,
    repeat_days: int,
    valid_days: int,
    remind_after_days: int | None,
) -> Questionnaire:
    """Changes titles, opening words and times of a draft.

    Raises:
        Conflict: the draft is gone.
    """
    draft = locked_draft(code)
    texts: dict[str, Any] = {"title_zh": title_zh, "title_en": title_en, "intro_zh": intro_zh, "intro_en": intro_en}
    days: dict[str, Any] = {
        "repeat_days": repeat_days,
        "valid_days": valid_days,
        "remind_after_days": remind_after_days,
    }
    return _written(act, draft, replace(form_of(draft), **texts, **days, fast_seconds=fast_seconds))


@action("questionnaires.save_question", needs="questionnaires.change")
def save_question(act: Act, code: str, question: FormQuestion, *, instead_of: str = "") -> Questionnaire:
    """Puts a question into a draft, at the end or ``instead_of`` one; conditions on a renamed question follow it.

    Raises:
        Conflict: the draft or the question is gone.
        Invalid: the code is not possible, or another question has it.
    """
    draft = locked_draft(code)
    form = form_of(draft)
    _check_code(form, question.code, instead_of)
    form = form.with_question(question, instead_of)
    if instead_of and instead_of != question.code:
        form = replace(form, questions=tuple(_renamed(one, instead_of, question.code) for one in form.questions))
    return _written(act, draft, form)


def _check_code(form: Form, code: str, instead_of: str) -> None:
    if instead_of and form.question(instead_of) is None:
        raise Conflict(message(_("This question has been taken out meanwhile.")))
    wrong = None
    if not is_code(code):
        wrong = _("A code begins with a small letter and has only small letters, digits and _; at most 30.")
    elif code != instead_of and form.question(code) is not None:
        wrong = _("Another question has this code already.")
    elif not instead_of and len(form.questions) >= MOST_QUESTIONS:
        wrong = _("The questionnaire is full.")
    if wrong:
        raise Invalid(message(_("The question cannot be saved like this.")), {"code": message(wrong)})


def _renamed(one: FormQuestion, old: str, new: str) -> FormQuestion:
    if one.only_if is None or one.only_if.question != old:
        return one
    return replace(one, only_if=replace(one.only_if, question=new))


@action("questionnaires.remove_question", needs="questionnaires.change")
def remove_question(act: Act, code: str, question: str) -> Questionnaire:
    """Takes a question out of a draft; one that is gone already changes nothing."""
    draft = locked_draft(code)
    return _written(act, draft, form_of(draft).without_question(question))


@action("questionnaires.move_question", needs="questionnaires.change")
def move_question(act: Act, code: str, question: str, *, steps: int) -> Questionnaire:
    """Moves a question of a draft down by ``steps`` (negative: up), at most to an end."""
    draft = locked_draft(code)
    return _written(act, draft, form_of(draft).with_moved(question, steps))


@action("questionnaires.put_draft", needs="questionnaires.change")
def put_draft(act: Act, form: Form, *, replace_draft: bool = True) -> Questionnaire:
    """Makes the draft of ``form.code`` say exactly what ``form`` says; begins one if there is none.

    Raises:
        Conflict: there is a draft and ``replace_draft`` is off: nothing of it is lost.
    """
    rows = Questionnaire.objects.filter(code=form.code, state=QuestionnaireState.DRAFT)
    draft = rows.select_for_update(of=("self",)).first()
    if draft is None:
        return new_draft(act, form)
    if not replace_draft:
        raise Conflict(message(_("There is a draft of this questionnaire already; it was not touched.")))
    return _written(act, draft, form)


@action("questionnaires.discard_draft", needs="questionnaires.change")
def discard_draft(act: Act, code: str) -> None:
    """Throws a draft away; its rows stay in the journal.

    Raises:
        NotFound: there is none.
    """
    draft = Questionnaire.objects.filter(code=code, state=QuestionnaireState.DRAFT).select_for_update().first()
    if draft is None:
        raise NotFound
    act.record(draft)
    draft.delete()


def _written(act: Act, draft: Questionnaire, form: Form) -> Questionnaire:
    if form != form_of(draft):
        write(draft, form)
        act.record(draft)
    return draft
