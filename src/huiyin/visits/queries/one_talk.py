"""The questions of visits that are made in one call, from the questionnaires in force."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from huiyin.questionnaires.public import Answered, Given, answers_about, newest
from huiyin.questionnaires.public import Question as Row
from huiyin.visits.models import Visit
from huiyin.visits.rules.one_talk import Form, Question, Talk, talk_of


def talk_about(leader: Visit, others: Sequence[Visit]) -> Talk:
    """What is asked in the call of a visit and those made with it; the leader's policy says how many questions."""
    forms = [Form(each.pk, each.policy.questionnaire, tuple(map(_question, _rows(each)))) for each in (leader, *others)]
    return talk_of(forms, leader.policy.most_questions)


def dimensions_of(visit: Visit, codes: Collection[str]) -> list[str]:
    """The dimensions that these questions of a visit measure."""
    return [row.dimension for row in _rows(visit) if row.dimension and row.code in codes]


def asked_for(visit: Visit, *, needs: str, suggestions: str) -> tuple[str, str]:
    """What of needs and suggestions answers a question of this visit; "": it did not ask."""
    purposes = {row.purpose for row in _rows(visit)}
    return (needs if "need" in purposes else "", suggestions if "suggestion" in purposes else "")


def worded(visits: Sequence[Visit]) -> dict[tuple[int, str], Row]:
    """The questions as they are worded, by visit and code."""
    return {(each.pk, row.code): row for each in visits for row in _rows(each)}


def answers_so_far(shown: Visit, asked: Answered | None, others: Sequence[Visit], talk: Talk) -> dict[str, Given]:
    """What was answered in earlier calls, under the keys of the talk; three queries, however many the others are."""
    said = answers_about(Visit._meta.label_lower, [each.pk for each in others])
    if asked:
        said[shown.pk] = asked
    found: dict[str, Given] = {}
    for pk, one in said.items():
        for code, given in one.given.items():
            if not given.empty and code in talk.keys[pk]:
                found.setdefault(talk.keys[pk][code], given)
    return found


def _rows(visit: Visit) -> Sequence[Row]:
    return list(newest(visit.policy.questionnaire).questions.all())


def _question(row: Row) -> Question:
    return Question(
        code=row.code,
        kind=row.kind,
        text=row.text_zh,
        dimension=row.dimension,
        purpose=row.purpose,
        required=row.required,
        options=tuple(str(option["code"]) for option in row.options),
        only_if=row.only_if,
    )
