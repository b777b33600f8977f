"""A person's day: what is owed, in the parts of the day, each part by due moment, in one statement."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from huiyin.foundation.keyset import read_cursor, write_cursor
from huiyin.kernel.actor import Actor, Scope
from huiyin.promises.rules.clock_state import ClockState, clock_state

PARTS = ("ready", "late", "today", "later")
SHOWN = 30  # of each part: a screen and a half; the rest comes when asked for

# What nobody owns is owed by the head of its department or store, as in my_promises.
_OWED = """
    SELECT id, kind, title, subject_id, due_at, warn_at, state, broken_at, part, in_part, late FROM (
      SELECT *, row_number() OVER (PARTITION BY part ORDER BY due_at, id) AS place,
             count(*) OVER (PARTITION BY part) AS in_part, count(*) FILTER (WHERE is_late) OVER () AS late
        FROM (
          SELECT *, CASE WHEN kind = ANY(%(ready)s) AND due_at < %(day_ends)s THEN 'ready'
                         WHEN is_late THEN 'late' WHEN due_at < %(day_ends)s THEN 'today' ELSE 'later' END AS part
            FROM (
              SELECT id, kind, title, subject_id, due_at, ladder_at[1] AS warn_at, state, broken_at,
                     state = 'open' AND (broken_at IS NOT NULL OR due_at < %(now)s) AS is_late
                FROM promises_promise
               WHERE state IN ('open', 'paused') AND (owner_id = %(me)s OR %(leads)s AND owner_id IS NULL AND (
                       department_id IN (SELECT id FROM organisation_department WHERE head_id = %(me)s)
                       OR department_id IS NULL
                          AND store_id IN (SELECT id FROM organisation_store WHERE manager_id = %(me)s)))
            ) owed
        ) parted
       WHERE %(only)s = '' OR part = %(only)s AND (due_at, id) > (%(after_at)s, %(after_id)s)
    ) ranked
     WHERE place <= %(most)s
     ORDER BY due_at, id
"""


@dataclass(frozen=True)
class OwedRow:
    """One promise as a day shows it; ``warn_at`` and ``due_at`` in UTC."""

    id: int
    kind: str
    title: str
    subject_id: int
    due_at: datetime
    warn_at: datetime
    standing: ClockState


@dataclass(frozen=True)
class DayPart:
    """A part of the day: its first rows, how many there are in all, and the cursor of those that follow."""

    name: str
    rows: tuple[OwedRow, ...]
    total: int
    next: str | None


@dataclass(frozen=True)
class Day:
    """What a person owes, in parts that are not empty; ``late`` counts over all of them."""

    parts: tuple[DayPart, ...]
    total: int
    late: int


def day_of(
    actor: Actor, now: datetime, *, day_ends: datetime, ready: Collection[str], only: str = "", after: str | None = None
) -> Day:
    """The actor's day: kinds that are ``ready`` first, then what is late, due until ``day_ends``, and later.

    ``only`` one part, behind the cursor ``after``; an unreadable cursor starts at the beginning of that part.
    """
    after_at, after_id = _behind(after)
    wanted = {
        "me": actor.id, "leads": actor.scope is Scope.UNIT, "now": now, "day_ends": day_ends, "ready": list(ready),
        "only": only, "after_at": after_at, "after_id": after_id, "most": SHOWN,
    }  # fmt: skip
    with connection.cursor() as cursor:  # not planned for anybody: who leads nobody is spared a part of it
        cursor.execute(_OWED, wanted)
        found = cursor.fetchall()
    parts = tuple(_part(name, rows, now) for name in PARTS if (rows := [row for row in found if row[-3] == name]))
    return Day(parts, sum(part.total for part in parts), found[0][-1] if found else 0)


def _behind(cursor: str | None) -> tuple[datetime | str, int]:
    try:
        at, pk = read_cursor(cursor, 2) or ("", 0)
        return datetime.fromisoformat(at), int(pk)
    except (ValueError, TypeError):
        return "-infinity", 0


def _part(name: str, found: list[tuple[Any, ...]], now: datetime) -> DayPart:
    rows = tuple(owed_row(*each[:8], now=now) for each in found)
    total = found[0][-2]
    return DayPart(name, rows, total, write_cursor([rows[-1].due_at, rows[-1].id]) if total > len(rows) else None)


def owed_row(*values: Any, now: datetime) -> OwedRow:
    """A row from its columns: id, kind, title, subject_id, due, warn, state, broken."""
    pk, kind, title, subject_id, due, warn, state, broken = values
    return OwedRow(
        pk, kind, title, subject_id, due, warn, clock_state(state=state, due=due, warn=warn, broken=broken, now=now)
    )
