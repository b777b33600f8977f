"""Articles are about the problem types of cases."""

from __future__ import annotations

from django.utils.translation import get_language

from huiyin.cases.queries.types import problem_types_in_use


def topics() -> list[tuple[str, str]]:
    """Codes and names of the problem types in use (``a.b`` lies below ``a``)."""
    english = (get_language() or "").startswith("en")
    return [(code, name_en if english and name_en else name) for code, name, name_en in problem_types_in_use()]


TOPICS = topics
