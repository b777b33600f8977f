"""The tree of problem types."""

from __future__ import annotations

from huiyin.cases.models import ProblemType


def problem_types_in_use() -> list[tuple[str, str, str]]:
    """Code, Chinese and English name of what is in use, by code."""
    rows = ProblemType.objects.filter(in_use=True).order_by("code")
    return list(rows.values_list("code", "name", "name_en"))
