"""The problems customers came with, most frequent first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import get_language, gettext

from huiyin.cases.public import TOPICS, Case, ProblemType
from huiyin.insights.queries.lens import Lens
from huiyin.insights.rules.tally import NOTHING, Tallies
from huiyin.insights.sources.problems import PREFIX, problems
from huiyin.questionnaires.public import Figure, scores

LONGEST_ID = 18  # digits of the largest number the database counts to
Names = Mapping[int, tuple[str, str]]
"""The company's own words for its problem types, Chinese and English, by id."""


@dataclass(frozen=True)
class Problem:
    """One kind of problem: its code, its name (a message id, or the company's own words) and its share of all.

    ``so_far`` is the share, in percent, of this and all more frequent ones.
    """

    code: str
    label: str
    count: int
    share: Figure
    so_far: float


def problem_cases(lens: Lens, code: str) -> QuerySet[Case]:
    """Cases of the period with one kind of problem."""
    topic, problem_type = _parts(code)
    rows = problems(lens).filter(topic=topic)
    return rows.filter(problem_type_id=problem_type or None)


def problems_in(found: Tallies, names: Names) -> Iterator[Problem]:
    """Every kind of problem that was counted, with its share of all."""
    counted = {measure.removeprefix(PREFIX): one.n for measure, one in found.items() if measure.startswith(PREFIX)}
    total, so_far = sum(counted.values()), 0
    for code in sorted(counted, key=lambda one: (-counted[one], *_parts(one))):
        so_far += counted[code]
        share = scores.share(counted[code], total, "problem_share")
        yield Problem(code, _label(code, names), counted[code], share, so_far / total * 100)


def names_of(found: Iterable[Tallies]) -> Names:
    """The names of the problem types that were counted; one query, or none."""
    codes = {measure.removeprefix(PREFIX) for one in found for measure in one if measure.startswith(PREFIX)}
    ids = {problem_type for _topic, problem_type in map(_parts, codes) if problem_type}
    rows = ProblemType.objects.filter(pk__in=ids) if ids else ProblemType.objects.none()
    return {one.pk: (one.name, one.name_en) for one in rows}


def problem_label(code: str) -> str:
    """What a kind of problem is called, in the reader's language."""
    return gettext(_label(code, names_of([Tallies({PREFIX + code: NOTHING})])))


def _parts(code: str) -> tuple[str, int]:
    topic, _dash, problem_type = code.partition("-")
    return topic, int(problem_type) if problem_type.isdecimal() and len(problem_type) <= LONGEST_ID else 0


def _label(code: str, names: Names) -> str:
    """The problem type in the reader's language, else the topic."""
    topic, problem_type = _parts(code)
    chinese, in_english = names.get(problem_type, ("", ""))
    english = (get_language() or "").startswith("en") and in_english
    return str(english or chinese or TOPICS.get(topic, topic))
