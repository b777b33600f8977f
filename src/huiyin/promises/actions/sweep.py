"""The one sweep: takes everything that is due, however late the worker is, each step once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from huiyin.foundation.actions import Act, action
from huiyin.organisation.public import Role, Staff, escalation_ladder, with_role
from huiyin.promises.events import PromisesStepped, StepTaken
from huiyin.promises.rules.ladder import STEPS

BATCH = 2_000

_TAKE = """
    WITH due AS (
        SELECT id FROM promises_promise
         WHERE state = 'open' AND next_at <= %(now)s
         ORDER BY next_at LIMIT %(batch)s
           FOR UPDATE SKIP LOCKED
    ), stepped AS (
        UPDATE promises_promise p
           SET step = p.step + 1,
               next_at = p.ladder_at[p.step + 2],
               broken_at = CASE WHEN p.step = 1 THEN coalesce(p.broken_at, p.due_at) ELSE p.broken_at END
          FROM due WHERE p.id = due.id
        RETURNING p.id, p.kind, p.title, p.subject, p.subject_id, p.owner_id, p.department_id, p.store_id,
                  p.step - 1 AS step, p.ladder_at[p.step] AS due_at
    ), noted AS (
        INSERT INTO promises_promisestep (promise_id, step, due_at, taken_at)
        SELECT id, (%(steps)s::text[])[step + 1], due_at, %(now)s FROM stepped
            ON CONFLICT DO NOTHING
    )
    SELECT id, kind, title, subject, subject_id, owner_id, department_id, store_id, step FROM stepped
"""


@dataclass(frozen=True)
class _Stepped:
    """One stepped row as the database gives it back."""

    id: int
    kind: str
    title: str
    subject: str
    subject_id: int
    owner_id: int | None
    department_id: int | None
    store_id: int | None
    step: int


@action("promises.sweep")
def sweep_batch(act: Act) -> int:
    """Takes one step of up to 2,000 due promises and tells those concerned; returns how many.

    Several workers may sweep at once: each row is locked by one of them and skipped by the others.
    """
    stepped = _take_due(act.now)
    if stepped:
        told = _Listeners(stepped)
        act.emit(PromisesStepped(tuple(_step_taken(row, told) for row in stepped)))
    return len(stepped)


def _take_due(now: datetime) -> list[_Stepped]:
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, {"now": now, "batch": BATCH, "steps": list(STEPS)})
        return [_Stepped(*row) for row in cursor.fetchall()]


def _step_taken(row: _Stepped, told: _Listeners) -> StepTaken:
    return StepTaken(
        promise_id=row.id,
        kind=row.kind,
        title=row.title,
        subject=row.subject,
        subject_id=row.subject_id,
        step=STEPS[row.step],
        staff_ids=told.of(row),
    )


class _Listeners:
    """Whom each step tells, with every person's ladder looked up once per batch."""

    def __init__(self, rows: Sequence[_Stepped]) -> None:
        self._ladders = {person.pk: [p.pk for p in escalation_ladder(person)] for person in _owners(rows)}
        self._teams = _heads(rows)
        self._director = with_role(Role.DIRECTOR).order_by("pk").values_list("pk", flat=True).first()

    def of(self, row: _Stepped) -> tuple[int, ...]:
        """Warning: the owner. Breach: the owner and the manager. Climb: the director as well."""
        ladder = self._ladders.get(row.owner_id or 0) or self._teams[row.department_id, row.store_id]
        if row.step == 0:
            return tuple(ladder[:1])
        if row.step == 1:
            return tuple(ladder[:2])
        return tuple(dict.fromkeys([*ladder[:2], *([self._director] if self._director else [])]))


def _owners(rows: Iterable[_Stepped]) -> Iterable[Staff]:
    owners = {row.owner_id for row in rows if row.owner_id}
    return Staff.objects.filter(pk__in=owners, is_active=True).select_related("department__head", "store__manager")


def _heads(rows: Iterable[_Stepped]) -> dict[tuple[int | None, int | None], list[int]]:
    """Promises without an owner are their department head's or store manager's."""
    teams: dict[tuple[int | None, int | None], list[int]] = defaultdict(list)
    for department, store in {(row.department_id, row.store_id) for row in rows if not row.owner_id}:
        heads = Staff.objects.filter(heads__pk=department or 0) | Staff.objects.filter(manages__pk=store or 0)
        teams[department, store] = list(heads.distinct().values_list("pk", flat=True))
    return teams
