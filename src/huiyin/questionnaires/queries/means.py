"""Mean scores of many subjects at once, for lists and timelines."""

from __future__ import annotations

from collections.abc import Collection

from huiyin.foundation.planned import planned_cursor

# Of each subject the newest asking counts, an answered one before others.
_MEANS = """
    SELECT DISTINCT ON (subject_id) subject_id, mean FROM questionnaires_asking
     WHERE subject = %s AND subject_id = ANY(%s::bigint[])
     ORDER BY subject_id, completed_at IS NULL, completed_at DESC, asked_at DESC, id DESC
"""


def mean_scores(label: str, ids: Collection[int]) -> dict[int, float]:
    """The customer's own opinion 1–5, by subject id; subjects without one are left out, 0–10 is not mixed in."""
    if not ids:
        return {}
    with planned_cursor() as cursor:
        cursor.execute(_MEANS, [label, list(ids)])
        return {subject: mean for subject, mean in cursor.fetchall() if mean is not None}
