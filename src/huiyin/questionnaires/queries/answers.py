"""Reading what customers answered."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Model, Prefetch, QuerySet

from huiyin.kernel.actor import Actor
from huiyin.kernel.refusal import NotFound
from huiyin.questionnaires.models import Answer, Asking, Question
from huiyin.questionnaires.rules.reading import Ask, Given, Low, lows, problem_of


@dataclass(frozen=True)
class Answered:
    """One asking with its questions and present answers; ``given`` by question code."""

    asking: Asking
    questions: tuple[Question, ...]
    answers: Mapping[str, Answer]

    @property
    def asks(self) -> tuple[Ask, ...]:
        """The questions as the rules see them."""
        return tuple(question.as_ask() for question in self.questions)

    @property
    def given(self) -> Mapping[str, Given]:
        """The answers as the rules see them."""
        return {code: answer.as_given() for code, answer in self.answers.items()}

    @property
    def lows(self) -> tuple[Low, ...]:
        """The scores at or under their probe line."""
        return lows(self.asks, self.given)

    @property
    def problem(self) -> str:
        """The problem the customer named, or an empty text."""
        return problem_of(self.asks, self.given)

    def text(self, purpose: str) -> str:
        """The open answer for a purpose (need, suggestion), or an empty text."""
        codes = [one.code for one in self.questions if one.purpose == purpose and one.code in self.answers]
        return next((self.answers[code].text for code in codes if self.answers[code].text), "")

    @property
    def scores(self) -> Mapping[str, int]:
        """Scores by dimension."""
        scored = ((question, self.answers.get(question.code)) for question in self.questions if question.dimension)
        return {question.dimension: one.number for question, one in scored if one and one.number is not None}


def with_answers(askings: QuerySet[Asking]) -> QuerySet[Asking]:
    """Askings with everything :func:`answered` needs, in three more queries whatever their number.

    Askings that bring their answers already are taken as well.
    """
    current = Answer.objects.filter(current=True).select_related("question").order_by("question__order")
    plain = askings.select_related("questionnaire").prefetch_related(None)
    return plain.prefetch_related("questionnaire__questions", Prefetch("answers", queryset=current, to_attr="present"))


def answered(asking: Asking) -> Answered:
    """An asking (loaded by :func:`with_answers`, else read again) with its present answers."""
    present = getattr(asking, "present", None)
    if present is None:
        present = list(asking.answers.filter(current=True).select_related("question").order_by("question__order"))
    questions = tuple(asking.questionnaire.questions.all())
    return Answered(asking, questions, {answer.question.code: answer for answer in present})


def answers_on(subject: Model | tuple[str, int]) -> list[Answered]:
    """Everything asked about a subject (a row, or its label and id), oldest first."""
    label, pk = subject if isinstance(subject, tuple) else (subject._meta.label_lower, subject.pk)
    askings = Asking.objects.filter(subject=label, subject_id=pk).order_by("asked_at", "pk")
    return [answered(asking) for asking in with_answers(askings)]


def answered_askings(askings: QuerySet[Asking]) -> list[Answered]:
    """Askings with their answers, in the queryset's order; four queries whatever their number."""
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
