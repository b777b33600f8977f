"""The API of questionnaires: forms, askings, answers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Field, Query, Router, Schema
from pydantic import RootModel

from huiyin.foundation import clock
from huiyin.foundation.api import ApiRequest, Cursor, Page, answers, call_of_api, needs, outcome, page_of
from huiyin.foundation.version_schemas import ChangeIn, SavedOut, saved_out, versions_out
from huiyin.foundation.version_schemas import VersionOut as SettingOut
from huiyin.questionnaires.actions.answer_asking import answer_asking
from huiyin.questionnaires.actions.correct_answer import correct_answer
from huiyin.questionnaires.actions.edit_draft import put_draft
from huiyin.questionnaires.actions.make_link import make_link
from huiyin.questionnaires.actions.publish_draft import publish_draft
from huiyin.questionnaires.actions.save_figure_rules import save_figure_rules
from huiyin.questionnaires.models import Questionnaire
from huiyin.questionnaires.queries.answers import Answered, answered, asking_for, visible_askings
from huiyin.questionnaires.queries.figure_rules import figure_rules_versions, newest_figure_rules, rules_content
from huiyin.questionnaires.queries.forms import draft_of, form_of, one_version, versions_of
from huiyin.questionnaires.queries.links import address_of
from huiyin.questionnaires.queries.questionnaires import newest, published
from huiyin.questionnaires.rules.form import form_as_data
from huiyin.questionnaires.rules.form_file import read_form
from huiyin.working_time.public import calendar_of

PREFIX = "/questionnaires"
router = Router(tags=["questionnaires"])


class QuestionOut(Schema):
    """One question; ``probe_at`` is the highest score that is followed by the probe."""

    code: str
    kind: str
    dimension: str
    purpose: str
    measure: str
    only_if: dict[str, Any] | None
    required: bool
    text_zh: str
    text_en: str
    probe_at: int | None
    probe_zh: str
    probe_en: str
    options: list[dict[str, str]]


class QuestionnaireOut(Schema):
    """The version that is asked now."""

    code: str
    version: int
    title_zh: str
    title_en: str
    questions: list[QuestionOut]


class VersionOut(Schema):
    """One version (state published) or the draft; ``asked`` is how often it was asked."""

    version: int
    state: str
    published_at: datetime | None
    asked: int


class FormFile(RootModel[dict[str, Any]]):
    """A questionnaire as its file holds it; what comes out goes in unchanged."""


class AnswerOut(Schema):
    """One present answer and how often it was corrected."""

    question: str
    number: int | None
    text: str
    choices: list[str]
    why: str
    version: int
    at: datetime


class AskingOut(Schema):
    """One asking with its present answers."""

    id: int
    questionnaire: str
    version: int
    subject: str
    subject_id: int
    customer_id: int | None
    state: str
    way: str
    emotion: str
    problem: str
    scores: dict[str, int]
    flags: list[str]
    seconds: int | None
    asked_at: datetime
    expires_at: datetime
    completed_at: datetime | None
    answers: list[AnswerOut]


class AnswersIn(Schema):
    """Answers by question code; the reason for a low score under ``<code>.why``."""

    answers: dict[str, int | str | list[str] | None]
    way: str = Field("phone", pattern="^(phone|self|face|other)$")
    emotion: str | None = None
    emotion_note: str = ""
    partial: bool = False


class CorrectionIn(Schema):
    """A new value and why the old one was wrong."""

    question: str
    value: int | str | list[str] | None
    why: str = ""
    reason: str


class LinkOut(Schema):
    """A fresh link for the customer; it cannot be read again."""

    url: str


def _form(row: Questionnaire) -> QuestionnaireOut:
    questions = [QuestionOut.from_orm(question) for question in row.questions.all()]
    about = {name: getattr(row, name) for name in QuestionnaireOut.model_fields if name != "questions"}
    return QuestionnaireOut(**about, questions=questions)


def _out(about: Answered) -> AskingOut:
    asking = about.asking
    plain = {name: getattr(asking, name) for name in AskingOut.model_fields if hasattr(asking, name)}
    given: list[Any] = [_answer(code, one) for code, one in about.answers.items()]
    return AskingOut(
        **{
            **plain,
            "questionnaire": asking.questionnaire.code,
            "version": asking.questionnaire.version,
            "problem": about.problem,
            "scores": dict(about.scores),
            "answers": given,
        }
    )


def _answer(code: str, one: Any) -> AnswerOut:
    return AnswerOut(
        question=code,
        number=one.number,
        text=one.text,
        choices=one.choices,
        why=one.why,
        version=one.version,
        at=one.at,
    )


@router.get("/figure-rules", auth=needs("questionnaires.see"), response=answers(list[SettingOut]))
def get_figure_rules(request: ApiRequest) -> list[SettingOut]:  # noqa: ARG001 - ninja passes it
    """Which doubtful answers are left out of figures: every version, newest first; none: as shipped."""
    return versions_out(figure_rules_versions(_today()), rules_content)


@router.put("/figure-rules", auth=needs("questionnaires.change"), response=answers(SavedOut))
def change_figure_rules(request: ApiRequest, data: ChangeIn) -> SavedOut:
    """Decides it anew, as a version: ``left_out`` (flags) and ``least_covered`` (percent)."""
    outcome(save_figure_rules, call_of_api(request), data.content, **data.how())
    saved = newest_figure_rules(_today())
    return saved_out(saved, rules_content(saved))


def _today() -> date:
    return clock.now().astimezone(calendar_of().zone).date()


@router.get("", auth=needs("questionnaires.see"), response=answers(Page[QuestionnaireOut]))
def list_questionnaires(request: ApiRequest, cursor: Query[Cursor]) -> Page[QuestionnaireOut]:  # noqa: ARG001 - ninja names it
    """Every published version."""
    return page_of(published(), order=("code", "version"), cursor=cursor, out=_form)


@router.get("/askings", auth=needs("questionnaires.see"), response=answers(Page[AskingOut]))
def list_askings(request: ApiRequest, cursor: Query[Cursor]) -> Page[AskingOut]:
    """The askings you may see, newest first."""
    rows = visible_askings(request.actor)
    return page_of(rows, order=("-asked_at", "-id"), cursor=cursor, out=lambda row: _out(answered(row)))


@router.get("/askings/{int:asking_id}", auth=needs("questionnaires.see"), response=answers(AskingOut))
def get_asking(request: ApiRequest, asking_id: int) -> AskingOut:
    """One asking with its answers."""
    return _out(asking_for(request.actor, asking_id))


@router.post("/askings/{int:asking_id}/answers", auth=needs("questionnaires.answer"), response=answers(AskingOut))
def answer_questionnaire(request: ApiRequest, asking_id: int, data: AnswersIn) -> AskingOut:
    """Stores answers: all or none; complete unless ``partial``."""
    asking_for(request.actor, asking_id)
    outcome(answer_asking, call_of_api(request), asking_id, **data.dict())
    return _out(asking_for(request.actor, asking_id))


@router.post("/askings/{int:asking_id}/corrections", auth=needs("questionnaires.correct"), response=answers(AskingOut))
def correct_questionnaire_answer(request: ApiRequest, asking_id: int, data: CorrectionIn) -> AskingOut:
    """Corrects one answer; the old version stays."""
    outcome(
        correct_answer,
        call_of_api(request),
        asking_id,
        data.question,
        value=data.value,
        why=data.why,
        reason=data.reason,
    )
    return _out(asking_for(request.actor, asking_id))


@router.post("/askings/{int:asking_id}/links", auth=needs("questionnaires.answer"), response=answers(LinkOut))
def make_questionnaire_link(request: ApiRequest, asking_id: int) -> LinkOut:
    """A fresh link for the customer; earlier ones stay good."""
    asking_for(request.actor, asking_id)
    return LinkOut(url=address_of(outcome(make_link, call_of_api(request), asking_id)))


@router.get("/{code}", auth=needs("questionnaires.see"), response=answers(QuestionnaireOut))
def get_questionnaire(request: ApiRequest, code: str) -> QuestionnaireOut:  # noqa: ARG001 - ninja names it
    """The version of a questionnaire that is asked now."""
    return _form(newest(code))


@router.get("/{code}/versions", auth=needs("questionnaires.see"), response=answers(list[VersionOut]))
def list_questionnaire_versions(request: ApiRequest, code: str) -> list[Questionnaire]:  # noqa: ARG001 - ninja names it
    """Every version and the draft, newest first."""
    return versions_of(code)


@router.get("/{code}/versions/{int:version}", auth=needs("questionnaires.see"), response=answers(FormFile))
def get_questionnaire_version(request: ApiRequest, code: str, version: int) -> FormFile:  # noqa: ARG001 - ninja names it
    """One version or the draft, as its file."""
    return FormFile(form_as_data(form_of(one_version(code, version))))


@router.put("/{code}/draft", auth=needs("questionnaires.change"), response=answers(FormFile))
def put_questionnaire_draft(request: ApiRequest, code: str, data: FormFile) -> FormFile:
    """Makes the draft say exactly this; begins one, of a new questionnaire too, if there is none."""
    outcome(put_draft, call_of_api(request), read_form({**data.root, "code": code}))
    return FormFile(form_as_data(form_of(draft_of(code))))


@router.post("/{code}/publish", auth=needs("questionnaires.change"), response=answers(QuestionnaireOut))
def publish_questionnaire(request: ApiRequest, code: str) -> QuestionnaireOut:
    """Publishes the draft: it is asked from now on and never changes again."""
    outcome(publish_draft, call_of_api(request), code)
    return _form(newest(code))
