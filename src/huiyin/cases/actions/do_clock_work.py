"""Reckons running clocks anew, one slice of cases after the other, while people go on working.

A slice locks the cases nobody is working on, then their promises, in the order in which people lock them; what somebody
holds is asked again at the end. How far the work is stands in the same transaction as what it did: killed, it goes on
behind its last slice, and nothing is done twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from huiyin.cases.actions.reckon_policy import under_new_version
from huiyin.cases.models import Case, ClockWork, ClockWorkState
from huiyin.cases.models.case import NO_CLOCK
from huiyin.cases.queries.clock_works import cases_of
from huiyin.foundation.actions import Act, action
from huiyin.promises.public import reckon_anew, running_on

SLICE = 500
"""Cases of one transaction: so many stay locked for its moment, a fraction of a second on a free machine."""
ROUNDS = 5
"""How often cases that somebody works on are asked again."""
LABEL = "cases.case"
_PLACES = """
    UPDATE cases_case c SET due_at = new.due_at, warn_at = new.warn_at
      FROM (SELECT each.id, coalesce(next.due_at, %(never)s) AS due_at, next.warn_at
              FROM unnest(%(ids)s::bigint[]) AS each (id) LEFT JOIN LATERAL (
                   SELECT p.due_at, p.ladder_at[1] AS warn_at FROM promises_promise p
                    WHERE p.subject = 'cases.case' AND p.subject_id = each.id AND p.state = 'open'
                    ORDER BY p.due_at, p.id LIMIT 1) AS next ON true) AS new
     WHERE c.id = new.id AND (c.due_at, c.warn_at) IS DISTINCT FROM (new.due_at, new.warn_at)
"""


@dataclass(frozen=True)
class Sliced:
    """What one slice did: cases it looked at, promises it moved, and whether something is left."""

    cases: int
    moved: int
    more: bool


@action("cases.reckon_clocks")
def reckon_slice(act: Act, work_id: int, *, rounds: int = 0, size: int = SLICE) -> Sliced:
    """The next slice of the work; ``rounds``: how often those that somebody held were asked again already."""
    work = ClockWork.objects.select_for_update().filter(pk=work_id).first()
    if work is None or not work.working:
        return Sliced(0, 0, more=False)
    asked = list(cases_of(work).filter(pk__gt=work.last_id).order_by("pk").values_list("pk", flat=True)[:size])
    again = [] if asked else work.skipped[:size]
    wanted = asked or again
    cases = _free(work, wanted)
    moved = _reckoned(act, work, cases)
    _note(act, work, asked, again, cases, moved, last_round=rounds >= ROUNDS)
    return Sliced(len(cases), moved, more=work.working)


def _free(work: ClockWork, ids: Sequence[int]) -> list[Case]:
    """Those of the cases that nobody is working on and that the work is still about, locked."""
    rows = cases_of(work).filter(pk__any_of=list(ids)).order_by("pk")
    own = ("pk", "level", "reopened_times", "policy", "policy_version", "own_stage", "department")
    needed = rows.select_related("department").only(*own, "department__code")
    return list(needed.select_for_update(skip_locked=True, no_key=True, of=("self",)))


def _reckoned(act: Act, work: ClockWork, cases: Sequence[Case]) -> int:
    if not cases:
        return 0
    ids = [case.pk for case in cases]
    running = running_on(LABEL, ids, act.now)
    if work.policy:
        running = under_new_version(act, work, cases, running)
    else:
        running = [each for each in running if each.calendar == work.calendar and each.calendar_version < work.version]
    moved = reckon_anew(act.call, running, work.reason)
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, {"ids": ids, "never": NO_CLOCK})
    return moved


def _note(
    act: Act,
    work: ClockWork,
    asked: Sequence[int],
    again: Sequence[int],
    cases: Sequence[Case],
    moved: int,
    *,
    last_round: bool,
) -> None:
    """How far the work is; cases that somebody held wait for the end."""
    done = {case.pk for case in cases}
    if asked:
        work.last_id = asked[-1]
        gone = set(asked) - done
    else:
        gone = set(again) - done
        work.skipped = work.skipped[len(again) :]
    still = set(cases_of(work).filter(pk__any_of=sorted(gone)).values_list("pk", flat=True)) if gone else set()
    work.skipped = [*work.skipped, *sorted(still)]
    work.state, work.seen, work.moved = ClockWorkState.RUNNING, work.seen + len(done), work.moved + moved
    if not asked and (not work.skipped or last_round):
        work.state, work.ended_at, work.left = ClockWorkState.DONE, act.now, len(work.skipped)
    work.save()
