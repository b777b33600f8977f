"""The problems customers came with most often."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import get_language

from huiyin.cases.public import TOPICS, Case
from huiyin.insights.queries.lens import Lens
from huiyin.questionnaires.public import Figure, scores

PROBLEM_KINDS = ("complaint", "inquiry", "repair", "return")
TOP = 3


@dataclass(frozen=True)
class Problem:
    """One kind of problem: its code, its name (a message id, or the company's own words) and its share of all."""

    code: str
    label: str
    count: int
    share: Figure


def problem_cases(lens: Lens, code: str | None = None) -> QuerySet[Case]:
    """Cases of the period in which the customer had a problem; of one kind of problem, if given."""
    rows = lens.cases().filter(kind__in=PROBLEM_KINDS)
    if code is None:
        return rows
    topic, _dash, problem_type = code.partition("-")
    rows = rows.filter(topic=topic)
    return rows.filter(problem_type_id=int(problem_type) if problem_type.isdecimal() else None)


def top_problems(lens: Lens, count: int = TOP) -> list[Problem]:
    """The most frequent problems by topic and problem type, with the share of all problem cases; one query."""
    rows = list(
        problem_cases(lens)
        .values("topic", "problem_type_id", "problem_type__name", "problem_type__name_en")
        .annotate(n=Count("pk"))
        .order_by("-n", "topic", "problem_type_id")
    )
    total = sum(row["n"] for row in rows)
    return [
        Problem(
            code=f"{row['topic']}-{row['problem_type_id'] or ''}",
            label=_label(row),
            count=row["n"],
            share=scores.share(row["n"], total, "problem_share"),
        )
        for row in rows[:count]
    ]


def _label(row: Mapping[str, Any]) -> str:
    """The problem type in the reader's language, else the topic."""
    english = (get_language() or "").startswith("en") and row["problem_type__name_en"]
    return str(english or row["problem_type__name"] or TOPICS.get(row["topic"], row["topic"]))
