"""What visits brought under two versions of a script that were shared out by lot (VIS-21)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from huiyin.kernel.words import gettext_noop as _
from huiyin.questionnaires.public import Answer, Asking, Figure, Question, figure_rules_on, scores
from huiyin.visits.models import Visit, VisitPolicy, VisitRecord
from huiyin.visits.queries.script_results import LONGEST_MINUTES, Measured
from huiyin.visits.rules.lifecycle import State
from huiyin.visits.rules.script_split import Split, split_of

REACHED = (State.DONE.value, State.PARTIAL.value, State.REFUSED.value)
TRIED = (*REACHED, State.NOT_REACHED.value)
SUMS = "count({x}), coalesce(sum({x}), 0), coalesce(sum({x} * {x}), 0), coalesce(min({x}), 0), coalesce(max({x}), 0)"
ARMS = f"""
WITH shared AS (
    SELECT id, state, script_version FROM {Visit._meta.db_table}
    WHERE policy_id = ANY(%(policies)s) AND script_version = ANY(%(versions)s)),
opinions AS (
    SELECT s.id, avg(n.number)::float AS x FROM shared s
    JOIN {Asking._meta.db_table} a ON a.subject = %(subject)s AND a.subject_id = s.id
        AND NOT a.flags && %(left_out)s::varchar[]
    JOIN {Answer._meta.db_table} n ON n.asking_id = a.id AND n.current AND n.number IS NOT NULL
    JOIN {Question._meta.db_table} q ON q.id = n.question_id AND q.dimension <> ''
    WHERE s.state = 'done' GROUP BY s.id)
SELECT s.script_version, count(*), count(*) FILTER (WHERE s.state = ANY(%(tried)s)),
    count(*) FILTER (WHERE s.state = ANY(%(reached)s)), count(*) FILTER (WHERE s.state = 'done'),
    {SUMS.format(x="o.x")}, {SUMS.format(x="t.x")}
FROM shared s
LEFT JOIN opinions o ON o.id = s.id
LEFT JOIN LATERAL (SELECT w.seconds / 60.0::float AS x FROM {VisitRecord._meta.db_table} w
    WHERE w.visit_id = s.id AND w.current AND w.seconds > 0 AND s.state = 'done') t ON true
GROUP BY s.script_version
"""  # noqa: S608 - table names only; values are parameters


@dataclass(frozen=True)
class Arm:
    """One version: how many visits fell to it, were tried, reached their customer, were completed; scores and minutes.

    ``due`` counts all that fell to it, also those still to be made.
    """

    version: int
    due: int = 0
    tried: int = 0
    reached: int = 0
    done: int = 0
    opinions: scores.Sums = field(default_factory=scores.Sums)
    minutes: scores.Sums = field(default_factory=scores.Sums)


@dataclass(frozen=True)
class Compared:
    """One measure of both versions, and by how much the other differs (None: too few visits to say)."""

    name: str
    unit: str
    one: Measured
    other: Measured
    gap: Figure | None

    @property
    def signed(self) -> str:
        """The difference with its sign; "" where there is none."""
        value = self.gap.value if self.gap else None
        return "" if value is None else f"{round(value, 1) + 0.0:+.1f}"  # no minus before a zero

    @property
    def told(self) -> bool:
        """Whether the interval of the difference leaves zero out."""
        return self.gap is not None and self.gap.low is not None and not self.gap.low <= 0 <= (self.gap.high or 0)


@dataclass(frozen=True)
class SplitResults:
    """A test: what it shares out, how many visits fell to each version, and the measures."""

    split: Split
    one: Arm
    other: Arm
    measures: tuple[Compared, ...]


def splits_of(versions: Sequence[VisitPolicy], day: date) -> list[SplitResults]:
    """Every test of a kind, newest first; ``versions`` are those of the kind, newest first.

    Doubtful answers are left out by the rules of ``day``.
    """
    tests: dict[tuple[int, int, int, int], list[tuple[Split, int]]] = {}
    for policy in versions:
        split = split_of(policy.numbers)
        if split:
            tests.setdefault(split.key, []).append((split, policy.pk))
    return [_results(found[0][0], [pk for _split, pk in found], day) for found in tests.values()]


def _results(split: Split, policies: list[int], day: date) -> SplitResults:
    arms = _arms(split, policies, day)
    one, other = arms.get(split.one, Arm(split.one)), arms.get(split.other, Arm(split.other))
    return SplitResults(split, one, other, tuple(_measures(one, other, split.least)))


def _arms(split: Split, policies: list[int], day: date) -> dict[int, Arm]:
    values: dict[str, Any] = {
        "policies": policies,
        "versions": [split.one, split.other],
        "subject": Visit._meta.label_lower,
        "tried": list(TRIED),
        "reached": list(REACHED),
        "left_out": list(figure_rules_on(day).left_out),
    }
    with connection.cursor() as cursor:
        cursor.execute(ARMS, values)
        return {row[0]: _arm(row) for row in cursor.fetchall()}


def _arm(row: Sequence[Any]) -> Arm:
    version, due, tried, reached, done, *sums = row
    return Arm(version, due, tried, reached, done, _sums(sums[:5]), _sums(sums[5:]))


def _sums(row: Sequence[float]) -> scores.Sums:
    n, *others = row
    return scores.Sums(int(n), *(float(each) for each in others))


def _measures(one: Arm, other: Arm, least: int) -> list[Compared]:
    """Success is completed visits among those tried, completion among the customers reached."""
    return [
        _shares(_("Success"), (one.done, one.tried), (other.done, other.tried), least),
        _shares(_("Completed of those reached"), (one.done, one.reached), (other.done, other.reached), least),
        _means(_("Mean score"), (one.opinions, other.opinions), (1, 5), least),
        _means(_("Length in minutes"), (one.minutes, other.minutes), (0, LONGEST_MINUTES), least),
    ]


def _shares(name: str, one: tuple[int, int], other: tuple[int, int], least: int) -> Compared:
    before, after = (Measured(scores.share(*each), least) for each in (one, other))
    gap = scores.mode_effect_of_shares(*other, *one) if before.enough and after.enough else None
    return Compared(name, "%", before, after, gap)


def _means(name: str, sums: tuple[scores.Sums, scores.Sums], scale: tuple[int, int], least: int) -> Compared:
    before, after = (Measured(scores.mean_of_sums(each, *scale), least) for each in sums)
    gap = scores.mode_effect(sums[1], sums[0], *scale) if before.enough and after.enough else None
    return Compared(name, "", before, after, gap)
