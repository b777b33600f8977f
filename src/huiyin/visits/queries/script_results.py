"""What visits brought under each version of a script: success, scores, length, each with n and interval (VIS-21)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from huiyin.questionnaires.public import Answer, Asking, Figure, Question, figure_rules_on, scores
from huiyin.visits.models import Script, Visit, VisitPolicy, VisitRecord
from huiyin.visits.rules.lifecycle import State

ENOUGH = 30
LONGEST_MINUTES = 24 * 60
REACHED = (State.DONE.value, State.PARTIAL.value, State.REFUSED.value)
RESULTS = f"""
WITH reached AS (
    SELECT v.id, v.state = 'done' AS done FROM {Visit._meta.db_table} v
    JOIN {VisitPolicy._meta.db_table} p ON p.id = v.policy_id
    WHERE p.script = %(code)s AND v.state = ANY(%(states)s) AND v.ended_at >= %(begin)s
        AND (%(end)s::timestamptz IS NULL OR v.ended_at < %(end)s)),
scores AS (
    SELECT r.id, avg(n.number)::float AS x FROM reached r
    JOIN {Asking._meta.db_table} a ON a.subject = %(subject)s AND a.subject_id = r.id
        AND NOT a.flags && %(left_out)s::varchar[]
    JOIN {Answer._meta.db_table} n ON n.asking_id = a.id AND n.current AND n.number IS NOT NULL
    JOIN {Question._meta.db_table} q ON q.id = n.question_id AND q.dimension <> ''
    WHERE r.done GROUP BY r.id),
lengths AS (
    SELECT w.seconds / 60.0::float AS x FROM reached r
    JOIN {VisitRecord._meta.db_table} w ON w.visit_id = r.id AND w.current
    WHERE r.done AND w.seconds > 0)
SELECT (SELECT count(*) FROM reached), (SELECT count(*) FROM reached WHERE done),
    s.n, s.total, s.squares, s.least, s.most, l.n, l.total, l.squares, l.least, l.most
FROM (SELECT count(*) n, coalesce(sum(x), 0) total, coalesce(sum(x * x), 0) squares, coalesce(min(x), 0) least,
        coalesce(max(x), 0) most FROM scores) s,
    (SELECT count(*) n, coalesce(sum(x), 0) total, coalesce(sum(x * x), 0) squares, coalesce(min(x), 0) least,
        coalesce(max(x), 0) most FROM lengths) l
"""  # noqa: S608 - table names only; values are parameters


@dataclass(frozen=True)
class Measured:
    """One figure; ``enough``: whether n is large enough (``least``) to compare by."""

    figure: Figure
    least: int = ENOUGH

    @property
    def enough(self) -> bool:
        """Whether n reaches the least number that a comparison needs."""
        return self.figure.n >= self.least


@dataclass(frozen=True)
class Results:
    """Success among customers reached (percent), mean score (1–5) and length (minutes) under one version."""

    version: int
    success: Measured
    score: Measured
    minutes: Measured


def results_of(script: Script, versions: Sequence[Script], zone: ZoneInfo, day: date) -> Results:
    """What visits brought on the days on which this version was in force.

    Success: completed among those where the customer was reached (completed, partly answered, refused).
    Doubtful answers are left out by the rules of ``day``.
    """
    held = held_days(script, versions)
    if held is None:
        return _results(script.version, (0,) * 12)
    begin, end = held
    values: dict[str, Any] = {
        "code": script.code,
        "states": list(REACHED),
        "subject": Visit._meta.label_lower,
        "begin": datetime.combine(begin, time(), zone),
        "left_out": list(figure_rules_on(day).left_out),
        "end": datetime.combine(end, time(), zone) if end else None,
    }
    with connection.cursor() as cursor:
        cursor.execute(RESULTS, values)
        return _results(script.version, cursor.fetchone())


def held_days(script: Script, versions: Sequence[Script]) -> tuple[date, date | None] | None:
    """From which day up to before which day a version was in force; None: never, a later one took its place."""
    same_day = [other for other in versions if other.effective_from == script.effective_from]
    if any(other.version > script.version for other in same_day):
        return None
    later = [other.effective_from for other in versions if other.effective_from > script.effective_from]
    return script.effective_from, min(later, default=None)


def _results(version: int, row: Sequence[float]) -> Results:
    reached, done, *sums = row
    opinions, lengths = _sums(sums[:5]), _sums(sums[5:])
    return Results(
        version=version,
        success=Measured(scores.share(int(done), int(reached))),
        score=Measured(scores.mean_of_sums(opinions, 1, 5)),
        minutes=Measured(scores.mean_of_sums(lengths, 0, LONGEST_MINUTES)),
    )


def _sums(row: Sequence[float]) -> scores.Sums:
    n, *others = row
    return scores.Sums(int(n), *(float(each) for each in others))
