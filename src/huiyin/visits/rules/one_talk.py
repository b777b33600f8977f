"""The questions of visits that are made in one call, each asked once (VIS-15, VIS-22)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

MOOD = "emotion"
WHY = ".why"
MOST_QUESTIONS = 3


@dataclass(frozen=True)
class Question:
    """A question of one questionnaire; ``only_if`` is its condition on an earlier one, or None."""

    code: str
    kind: str
    text: str = ""
    dimension: str = ""
    purpose: str = ""
    required: bool = False
    options: tuple[str, ...] = ()
    only_if: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Form:
    """What one visit asks: its questionnaire's code and questions in order."""

    visit: int
    name: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Once:
    """A question of the talk: under which ``key`` its answer is entered, in whose words it is asked.

    ``required`` when any of the visits needs it. ``spare``: it lies beyond the number of questions and is asked only
    if there is time. ``only_if`` names the key of the question it hangs on.
    """

    key: str
    visit: int
    question: Question
    required: bool
    spare: bool = False
    only_if: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Talk:
    """The questions in the order in which they are asked, and under which key each visit finds its answers."""

    questions: tuple[Once, ...]
    keys: Mapping[int, Mapping[str, str]] = field(default_factory=dict)

    def answers_of(self, visit: int, answers: Mapping[str, object]) -> dict[str, object]:
        """What was entered, as the answers of one visit's questionnaire."""
        found: dict[str, object] = {}
        for code, key in self.keys[visit].items():
            for end in ("", WHY):
                if key + end in answers:
                    found[code + end] = answers[key + end]
        return found

    def shared_by(self, visit: int) -> frozenset[str]:
        """The codes of a visit's questions that are asked for another one."""
        own = {once.key for once in self.questions if once.visit == visit}
        return frozenset(code for code, key in self.keys[visit].items() if key not in own)


def talk_of(forms: Sequence[Form], most: int = MOST_QUESTIONS) -> Talk:
    """The leader's questions first, all of them, then what the others ask that has not been asked yet.

    The same question is asked once. ``most`` is how many questions a talk should have: what the others ask beyond it
    without needing it is spare. The mood is noted, not asked, and never spare.
    """
    asked: list[Once] = []
    keys: dict[int, dict[str, str]] = {}
    for form in forms:
        mine = keys.setdefault(form.visit, {})
        for question in form.questions:
            condition = _in_keys(question.only_if, mine)
            at = next((n for n, once in enumerate(asked) if _same(once, question, condition)), None)
            if at is None:
                key = question.code if _is_free(question.code, asked) else f"{form.name}.{question.code}"
                asked.append(Once(key, form.visit, question, question.required, only_if=condition))
                mine[question.code] = key
            else:
                asked[at] = replace(asked[at], required=asked[at].required or question.required)
                mine[question.code] = asked[at].key
    return Talk(_with_spares(asked, forms[0].visit, most), keys)


def _in_keys(condition: Mapping[str, Any] | None, keys: Mapping[str, str]) -> Mapping[str, Any] | None:
    if not condition:
        return None
    return {**condition, "question": keys.get(condition["question"], condition["question"])}


def _is_free(code: str, asked: Sequence[Once]) -> bool:
    return all(once.key != code for once in asked)


def _same(once: Once, question: Question, condition: Mapping[str, Any] | None) -> bool:
    """Whether both ask the same thing: the mood; the same dimension on the same scale; the same open purpose; or the
    same code with the same words."""
    other = once.question
    if other.kind != question.kind or once.only_if != condition:
        return False
    if question.kind == MOOD:
        return True
    if question.dimension or other.dimension:
        return question.dimension == other.dimension
    if question.purpose or other.purpose:
        return question.purpose == other.purpose
    return (question.code, question.text, question.options) == (other.code, other.text, other.options)


def _with_spares(asked: Sequence[Once], leader: int, most: int) -> tuple[Once, ...]:
    found: list[Once] = []
    count = 0
    for once in asked:
        noted = once.question.kind == MOOD
        spare = once.visit != leader and not once.required and not noted and count >= most
        found.append(replace(once, spare=spare))
        count += not (noted or spare)
    return tuple(found)
