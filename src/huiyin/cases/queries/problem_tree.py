"""The tree of problem types, read once per state of all settings."""

from __future__ import annotations

from django.db.models import Count
from django.utils.translation import get_language

from huiyin.cases.models import Case, ProblemType
from huiyin.cases.rules.problem_tree import Node, in_order, path_of
from huiyin.foundation.kept import kept


@kept
def _nodes() -> tuple[Node, ...]:
    rows = ProblemType.objects.values_list("pk", "code", "name", "name_en", "topic", "parent_id", "in_use")
    return tuple(Node(*row) for row in rows)


def nodes() -> dict[int, Node]:
    """Every problem type by key."""
    return {node.pk: node for node in _nodes()}


def path_shown(pk: int | None) -> str:
    """The path of a type in the reader's language; empty without one."""
    return path_of(pk, nodes(), english=_english()) if pk else ""


def paths_in_use() -> dict[str, int]:
    """The types in use by their paths in the reader's language, in the order of the tree."""
    every, english = nodes(), _english()
    return {path_of(node.pk, every, english=english): node.pk for node, _depth in in_order(every) if node.in_use}


def cases_by_type() -> dict[int, int]:
    """How many cases name each type itself."""
    named = Case.objects.filter(problem_type__isnull=False).order_by()
    return dict(named.values_list("problem_type").annotate(Count("pk")))


def _english() -> bool:
    return (get_language() or "").startswith("en")
