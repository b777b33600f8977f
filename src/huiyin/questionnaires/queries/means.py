"""Mean scores of many subjects at once, for lists and timelines."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection

# Of each subject the newest asking counts, an answered one before others; of each dimension its last question.
_MEANS = """
    SELECT a.subject_id, (
             SELECT avg(number)::float FROM (
               SELECT DISTINCT ON (q.dimension) n.number
                 FROM questionnaires_answer n JOIN questionnaires_question q ON q.id = n.question_id
                WHERE n.asking_id = a.id AND n.current AND n.number IS NOT NULL AND q.dimension <> ''
                ORDER BY q.dimension, q."order" DESC
             ) scores)
      FROM (
        SELECT DISTINCT ON (subject_id) id, subject_id FROM questionnaires_asking
         WHERE subject = %s AND subject_id = ANY(%s)
         ORDER BY subject_id, completed_at IS NULL, completed_at DESC, asked_at DESC, id DESC
      ) a
"""


def mean_scores(label: str, ids: Collection[int]) -> dict[int, float]:
    """The mean over the dimensions scored 1–5, by subject id; subjects without a score are left out."""
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_MEANS, [label, list(ids)])
        return {subject: mean for subject, mean in cursor.fetchall() if mean is not None}
