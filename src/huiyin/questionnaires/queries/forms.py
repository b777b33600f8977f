"""Questionnaires as forms: versions, drafts and what stands in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from django.db.models import Count, QuerySet

from huiyin.kernel.refusal import NotFound
from huiyin.questionnaires.models import Question, Questionnaire, QuestionnaireState
from huiyin.questionnaires.rules.form import Form, FormQuestion, question_of

PLAIN = tuple(one.name for one in fields(Form) if one.name != "questions")
QUESTION = (
    *("code", "kind", "text_zh", "text_en", "dimension", "purpose", "measure", "required"),
    *("probe_at", "probe_zh", "probe_en", "options", "only_if", "most_photos", "most_megabytes"),
)


@dataclass(frozen=True)
class Listed:
    """One questionnaire in the list: the version asked now (None: none yet) and the draft (None: none)."""

    code: str
    published: Questionnaire | None
    draft: Questionnaire | None

    @property
    def title(self) -> str:
        """The title in the reader's language, of the version asked now or else of the draft."""
        found = self.published or self.draft
        return found.title if found else ""


def form_of(row: Questionnaire) -> Form:
    """A stored version as a form."""
    return Form(**{name: getattr(row, name) for name in PLAIN}, questions=form_questions(row.questions.all()))


def form_questions(rows: Iterable[Question]) -> tuple[FormQuestion, ...]:
    """Stored questions as a form's."""
    return tuple(question_of({name: getattr(one, name) for name in QUESTION}) for one in rows)


def all_versions() -> QuerySet[Questionnaire]:
    """Every version and draft with its questions and how often it was asked (``asked``)."""
    rows = Questionnaire.objects.annotate(asked=Count("askings", distinct=True)).order_by("code", "-version")
    return rows.prefetch_related("questions")


def listed() -> list[Listed]:
    """All questionnaires by code."""
    rows: dict[str, list[Questionnaire]] = {}
    for row in Questionnaire.objects.order_by("code", "-version").prefetch_related("questions"):
        rows.setdefault(row.code, []).append(row)
    return [
        Listed(code, _first(found, QuestionnaireState.PUBLISHED), _first(found, QuestionnaireState.DRAFT))
        for code, found in rows.items()
    ]


def _first(rows: list[Questionnaire], state: str) -> Questionnaire | None:
    return next((row for row in rows if row.state == state), None)


def versions_of(code: str) -> list[Questionnaire]:
    """The versions of one questionnaire, newest first, a draft among them.

    Raises:
        NotFound: no such questionnaire.
    """
    rows = list(all_versions().filter(code=code))
    if not rows:
        raise NotFound
    return rows


def one_version(code: str, version: int) -> Questionnaire:
    """One version or draft.

    Raises:
        NotFound: no such version.
    """
    row = Questionnaire.objects.filter(code=code, version=version).prefetch_related("questions").first()
    if row is None:
        raise NotFound
    return row


def draft_of(code: str) -> Questionnaire:
    """The draft of a questionnaire.

    Raises:
        NotFound: nobody is working on one.
    """
    rows = Questionnaire.objects.filter(code=code, state=QuestionnaireState.DRAFT)
    row = rows.prefetch_related("questions").first()
    if row is None:
        raise NotFound
    return row
