"""Reckons thousands of running promises anew, after a calendar or a policy has changed: arrays, and one statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from huiyin.kernel.call import Call
from huiyin.promises.models import PromisePause
from huiyin.promises.queries.ladders import ladder_of
from huiyin.promises.rules.ladder import Ladder
from huiyin.working_time.public import (
    Pause,
    Span,
    Unit,
    calendar_arrays,
    calendar_of,
    compiled,
    from_ticks,
    ticks,
)

_RUNNING = """
    SELECT p.id, p.kind, p.subject_id, (extract(epoch FROM p.start_at) * 1000000)::bigint,
           p.span_amount::float8, p.span_unit, p.calendar, p.policy,
           EXISTS (SELECT FROM promises_promisepause s WHERE s.promise_id = p.id AND s.until IS NOT NULL),
           p.state = 'paused', p.calendar_version
      FROM promises_promise p
     WHERE p.subject = %(subject)s AND p.subject_id = ANY(%(ids)s) AND p.state IN ('open', 'paused')
       AND p.broken_at IS NULL AND p.agreed_at IS NULL AND (p.due_at > %(now)s OR p.state = 'paused')
     ORDER BY p.id FOR NO KEY UPDATE OF p
"""
_WRITE = """
    UPDATE promises_promise p
       SET due_at = new.due, ladder_at = p.ladder_at[1:p.step] || new.ladder[p.step + 1:3],
           next_at = CASE WHEN p.state = 'open' THEN new.ladder[p.step + 1] END,
           span_amount = new.amount, span_unit = new.unit, calendar = new.calendar, policy = new.policy,
           calendar_version = new.version,
           moved_reason = CASE WHEN p.due_at = new.due THEN p.moved_reason ELSE %s END
      FROM (SELECT id, epoch + due * tick AS due, ARRAY[epoch + warn * tick, epoch + due * tick, epoch + climb * tick],
                   amount, unit, calendar, policy, version
              FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::numeric[], %s::text[],
                          %s::text[], %s::text[], %s::int[])
                   AS given (id, due, warn, climb, amount, unit, calendar, policy, version),
                   (SELECT timestamptz 'epoch' AS epoch, interval '1 microsecond' AS tick) AS time
           ) AS new (id, due, ladder, amount, unit, calendar, policy, version)
     WHERE p.id = new.id
"""


@dataclass(frozen=True)
class Running:
    """A promise whose clock can still be moved: not late, not for a date that was agreed. ``start`` in microseconds.

    ``paused_before``: it stood still once; ``stands``: it does now.
    """

    id: int
    kind: str
    subject_id: int
    start: int
    amount: float
    unit: str
    calendar: str
    policy: str
    paused_before: bool
    stands: bool
    calendar_version: int

    def spanning(self, amount: float, unit: str, calendar: str, policy: str) -> Running:
        """The same promise with another span, calendar and policy."""
        return replace(self, amount=amount, unit=unit, calendar=calendar, policy=policy)


def running_on(subject: str, subject_ids: Collection[int], now: datetime) -> list[Running]:
    """The running promises about many subjects of one table, locked until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_RUNNING, {"subject": subject, "ids": list(subject_ids), "now": now})
        return [Running(*row) for row in cursor.fetchall()]


def reckon_anew(call: Call, promises: Sequence[Running], reason: str = "") -> int:
    """Gives locked promises the deadlines that the newest versions of their calendars say; returns how many it wrote.

    Starts and pauses stay, steps already taken stay, and no deadline moves into the past: such a promise stays as it
    was, with its old calendar. What moves says ``reason``, until it moves again.
    """
    groups: dict[tuple[float, str, str], list[Running]] = defaultdict(list)
    for promise in promises:
        groups[promise.amount, promise.unit, promise.calendar].append(promise)
    due: dict[int, int] = {}
    stretches = _stretches([promise.id for promise in promises if promise.paused_before])
    for (amount, unit, calendar), members in groups.items():
        due |= _due(members, Span(amount, Unit(unit)), calendar, stretches)
    now = ticks(call.now)
    ahead = [promise for promise in promises if promise.stands or due[promise.id] > now]
    if ahead:
        _write(ahead, np.array([due[promise.id] for promise in ahead], np.int64), reason)
    return len(ahead)


def _due(members: Sequence[Running], span: Span, calendar: str, stretches: Mapping[int, list[Pause]]) -> dict[int, int]:
    """When promises of one span are due, by id: all at once, and one by one where a clock stood still."""
    starts = np.array([each.start for each in members], np.int64)
    moments = calendar_arrays(calendar).deadlines(starts, span).tolist()
    found = dict(zip((each.id for each in members), moments, strict=True))
    hours = compiled(calendar) if stretches else None
    for each in members:
        if hours and each.id in stretches:
            found[each.id] = ticks(hours.deadline_with_pauses(from_ticks(each.start), span, stretches[each.id]))
    return found


def _stretches(promise_ids: Sequence[int]) -> dict[int, list[Pause]]:
    found: dict[int, list[Pause]] = defaultdict(list)
    rows = PromisePause.objects.filter(promise__id__any_of=list(promise_ids), until__isnull=False)
    for promise_id, since, until in rows.values_list("promise_id", "since", "until") if promise_ids else ():
        if until is not None:
            found[promise_id].append(Pause(since, until))
    return found


def _write(promises: Sequence[Running], due: NDArray[np.int64], reason: str) -> None:
    warn, climb = np.empty_like(due), np.empty_like(due)
    groups: dict[tuple[Ladder, str], list[int]] = defaultdict(list)
    for place, promise in enumerate(promises):
        groups[ladder_of(promise.kind), promise.calendar].append(place)
    starts = np.array([promise.start for promise in promises], np.int64)
    for (ladder, calendar), places in groups.items():
        length = np.maximum(due[places] - starts[places], 0)
        warn[places] = starts[places] + np.rint(length * ladder.warn_share).astype(np.int64)
        climb[places] = calendar_arrays(calendar).deadlines(due[places], ladder.climb_after)
    versions = {code: calendar_of(code).version for code in {promise.calendar for promise in promises}}
    columns = [
        reason[:200],
        [promise.id for promise in promises],
        *(each.tolist() for each in (due, warn, climb)),
        [promise.amount for promise in promises],
        [promise.unit for promise in promises],
        [promise.calendar for promise in promises],
        [promise.policy for promise in promises],
        [versions[promise.calendar] for promise in promises],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, columns)
