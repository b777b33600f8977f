"""The tree of problem types."""

from __future__ import annotations

from huiyin.cases.models import ProblemType


def problem_types_in_use() -> list[tuple[str, str, str]]:
    """Code, Chinese and English name of what is in use, by code."""
    rows = ProblemType.objects.filter(in_use=True).order_by("code")
    return list(rows.values_list("code", "name", "name_en"))


def code_of_type(problem_type_id: int | None) -> str:
    """The code of a problem type; "" without one."""
    if problem_type_id is None:
        return ""
    return ProblemType.objects.filter(pk=problem_type_id).values_list("code", flat=True).first() or ""
