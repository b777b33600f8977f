"""Reading what customers answered."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import F, Model, Prefetch, QuerySet

from huiyin.foundation.prepared import Given as Blank
from huiyin.foundation.prepared import prepared
from huiyin.kernel.actor import Actor
from huiyin.kernel.refusal import NotFound
from huiyin.questionnaires.models import Answer, Asking, Question
from huiyin.questionnaires.queries.questionnaires import version_of
from huiyin.questionnaires.rules.reading import Ask, Given, Low, lows, problem_of
from huiyin.questionnaires.rules.words import AskingState

_ANSWERED_LAST = F("completed_at").asc(nulls_first=True)


@dataclass(frozen=True)
class Answered:
    """One asking with its questions and present answers; ``given`` by question code."""

    asking: Asking
    questions: tuple[Question, ...]
    answers: Mapping[str, Answer]

    @cached_property
    def asks(self) -> tuple[Ask, ...]:
        """The questions as the rules see them."""
        return tuple(question.as_ask() for question in self.questions)

    @cached_property
    def given(self) -> Mapping[str, Given]:
        """The answers as the rules see them."""
        return {code: answer.as_given() for code, answer in self.answers.items()}

    @cached_property
    def lows(self) -> tuple[Low, ...]:
        """The scores at or under their probe line."""
        return lows(self.asks, self.given)

    @cached_property
    def problem(self) -> str:
        """The problem the customer named, or an empty text."""
        return problem_of(self.asks, self.given)

    def changed(self, fresh: Mapping[str, Answer]) -> Answered:
        """The same asking with ``fresh`` answers in place of the present ones."""
        answers = {**self.answers, **fresh}
        ordered = {one.code: answers[one.code] for one in self.questions if one.code in answers}
        return Answered(self.asking, self.questions, ordered)

    def text(self, purpose: str) -> str:
        """The open answer for a purpose (need, suggestion), or an empty text."""
        codes = [one.code for one in self.questions if one.purpose == purpose and one.code in self.answers]
        return next((self.answers[code].text for code in codes if self.answers[code].text), "")

    @cached_property
    def scores(self) -> Mapping[str, int]:
        """Scores by dimension."""
        scored = ((question, self.answers.get(question.code)) for question in self.questions if question.dimension)
        return {question.dimension: one.number for question, one in scored if one and one.number is not None}


def with_answers(askings: QuerySet[Asking]) -> QuerySet[Asking]:
    """Askings with everything :func:`answered` needs, in two more queries whatever their number.

    Askings that bring their answers already are taken as well.
    """
    current = Answer.objects.filter(current=True)
    plain = askings.select_related("questionnaire").prefetch_related(None)
    return plain.prefetch_related("questionnaire__questions", Prefetch("answers", queryset=current, to_attr="present"))


def answered(asking: Asking) -> Answered:
    """An asking with its present answers: loaded by :func:`with_answers`, else read; none of one not yet saved."""
    present = getattr(asking, "present", None)
    if present is None:
        present = [] if asking.pk is None else list(asking.answers.filter(current=True))
    if not Asking.questionnaire.is_cached(asking):
        asking.questionnaire = version_of(asking.questionnaire_id)
    questions = tuple(asking.questionnaire.questions.all())
    by_key = {answer.question_id: answer for answer in present}
    return Answered(asking, questions, {one.code: by_key[one.pk] for one in questions if one.pk in by_key})


def answers_on(subject: Model | tuple[str, int]) -> list[Answered]:
    """Everything asked about a subject (a row, or its label and id), oldest first."""
    label, pk = subject if isinstance(subject, tuple) else (subject._meta.label_lower, subject.pk)
    askings = Asking.objects.filter(subject=label, subject_id=pk).order_by("asked_at", "pk")
    return [answered(asking) for asking in with_answers(askings)]


def last_answers_on(subject: Model) -> Answered | None:
    """What was asked last about a subject, with the answers so far; None: nothing was asked."""
    found = _last_asked(subject._meta.label_lower, subject.pk)
    return answered(Asking.from_db("default", ASKED, found[0])) if found else None


ASKED = [field.attname for field in Asking._meta.concrete_fields]


@prepared
def _last_asked(subject: Blank, subject_id: Blank) -> QuerySet[Asking, tuple[Any, ...]]:
    rows = Asking.objects.filter(subject=subject, subject_id=subject_id).order_by("-asked_at", "-pk")
    return rows.values_list(*ASKED)[:1]


def scores_before(customer_id: int, *, but: Model, most: int) -> list[tuple[datetime, Mapping[str, int]]]:
    """The newest complete askings of a customer that gave scores and are not about ``but``: when, and the scores."""
    found = _scored_before(customer_id, but._meta.label_lower, but.pk, most=most)
    return [(at, scores) for at, scores in found if at is not None]


@prepared
def _scored_before(
    customer: Blank, subject: Blank, subject_id: Blank, *, most: int
) -> QuerySet[Asking, tuple[Any, ...]]:
    asked = Asking.objects.filter(customer_id=customer, state=AskingState.COMPLETE).exclude(scores={})
    others = asked.exclude(subject=subject, subject_id=subject_id)
    return others.order_by("-completed_at").values_list("completed_at", "scores")[:most]


def answered_askings(askings: QuerySet[Asking]) -> list[Answered]:
    """Askings with their answers, in the queryset's order; three queries whatever their number."""
    return [answered(asking) for asking in with_answers(askings)]


def answers_about(label: str, ids: Collection[int]) -> dict[int, Answered]:
    """The newest asking about each of many subjects of one kind, by subject id; an answered one goes before others."""
    askings = Asking.objects.filter(subject=label, subject_id__in=ids).order_by("completed_at", "asked_at", "pk")
    found = answered_askings(askings)
    return {one.asking.subject_id: one for one in sorted(found, key=lambda one: one.asking.completed_at is not None)}


def visible_askings(actor: Actor) -> QuerySet[Asking]:
    """The askings this person may see, with their answers at hand."""
    return with_answers(Asking.objects.visible_to(actor))


def asking_for(actor: Actor, asking_id: int) -> Answered:
    """One asking this person may see.

    Raises:
        NotFound: no such asking, or outside the person's scope.
    """
    asking = visible_askings(actor).filter(pk=asking_id).first()
    if asking is None:
        raise NotFound
    return answered(asking)


def history_of(asking_id: int) -> QuerySet[Answer]:
    """Every version of every answer of an asking, oldest first."""
    return Answer.objects.filter(asking_id=asking_id).select_related("question").order_by("question__order", "version")
