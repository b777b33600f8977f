"""What solved cases like this one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from huiyin.cases.models import Case
from huiyin.cases.rules.likeness import likeness, marks, pairs
from huiyin.kernel.actor import Actor

CANDIDATES = 60
ENOUGH = 22
"""From so many percent on a past case is worth a look."""


@dataclass(frozen=True)
class Solved:
    """A past case the customer was content with: how alike it is, and what was done."""

    pk: int
    number: str
    title: str
    settled_at: datetime
    percent: int
    solution: str


def solved_like(actor: Actor, case: Case, *, limit: int) -> list[Solved]:
    """Solved cases in the viewer's sight that are alike, the likest first (two statements)."""
    words = pairs(f"{case.title}\n{case.description}")
    bands = marks(case.title, case.description)
    with connection.cursor() as cursor:
        cursor.execute(
            _CANDIDATES,
            {"bands": bands, "case": case.pk, "by_words": CANDIDATES},
        )
        keys = [pk for (pk,) in cursor.fetchall()]
    rows = Case.objects.visible_to(actor).filter(pk__in=keys, settled_at__isnull=False).exclude(verdict="not")
    shown = rows.values_list("pk", "number", "title", "description", "settled_at")
    scored = [
        (likeness(words, pairs(f"{title}\n{description}")), pk, number, title, settled)
        for pk, number, title, description, settled in shown
        if settled is not None
    ]
    best = sorted((each for each in scored if each[0] >= ENOUGH), reverse=True)[:limit]
    said = _solutions([pk for _percent, pk, *_rest in best])
    return [
        Solved(pk, number, title, settled, percent, said.get(pk, "")) for percent, pk, number, title, settled in best
    ]


def _solutions(keys: list[int]) -> dict[int, str]:
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_SOLUTIONS, [keys])
        return dict(cursor.fetchall())


def solution_of(case_id: int) -> str:
    """What solved a case: the result the customer was told, else the last plan; "" when nothing is written down."""
    return _solutions([case_id]).get(case_id, "")


def cause_of(case: Case) -> str:
    """What was found to be the cause, as far as somebody wrote it down."""
    return str(getattr(case, "cause", "") or "")


_SOLUTIONS = """
    SELECT c.id, coalesce(
        (SELECT s.reason FROM cases_casestage s WHERE s.case_id = c.id AND s.verb = 'tell' AND s.reason <> ''
          ORDER BY s.id DESC LIMIT 1),
        (SELECT s.reason FROM cases_casestage s WHERE s.case_id = c.id AND s.verb = 'finish' AND s.reason <> ''
          ORDER BY s.id DESC LIMIT 1),
        (SELECT p.steps FROM cases_caseplan p WHERE p.case_id = c.id ORDER BY p.version DESC LIMIT 1),
        '')
      FROM cases_case c WHERE c.id = ANY(%s)
"""
_CANDIDATES = """
    WITH worded AS MATERIALIZED (
        SELECT m.case_id AS id,
               cardinality(ARRAY(SELECT unnest(m.bands) INTERSECT SELECT unnest(%(bands)s::int[]))) AS n
          FROM cases_casemarks m WHERE m.bands && %(bands)s::int[] LIMIT 2000)
    SELECT c.id FROM worded JOIN cases_case c USING (id)
      WHERE c.settled_at IS NOT NULL AND c.id <> %(case)s ORDER BY worded.n DESC, c.id DESC LIMIT %(by_words)s
"""
