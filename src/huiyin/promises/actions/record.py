"""Records promises of the past, as another system brings them in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from huiyin.kernel.call import Call
from huiyin.promises.actions.make import Wanted, planned
from huiyin.promises.models import Promise, PromiseState
from huiyin.promises.queries.deadlines import ROUND_THE_CLOCK
from huiyin.working_time.public import CompiledCalendar, compiled

ROWS = 1_000


@dataclass(frozen=True)
class Kept:
    """A promise that was given and kept elsewhere, when (aware) and with what evidence."""

    wanted: Wanted
    at: datetime
    evidence: str = ""


def record_kept(call: Call, kept: Sequence[Kept]) -> list[Promise]:
    """Writes promises that were kept already, late ones as late (SLA-5), in one statement per thousand."""
    hours = {code: compiled(code) for code in {each.wanted.calendar for each in kept}}
    promises = [_kept(Call(actor=call.actor, now=each.at), each, hours[each.wanted.calendar]) for each in kept]
    return Promise.objects.bulk_create(promises, batch_size=ROWS)


def _kept(then: Call, each: Kept, hours: CompiledCalendar) -> Promise:
    promise = planned(then, each.wanted)
    promise.state, promise.settled_at, promise.next_at = PromiseState.KEPT, each.at, None
    promise.broken_at = promise.due_at if each.at > promise.due_at else None
    by_the_clock = promise.span_unit in ROUND_THE_CLOCK
    promise.margin = promise.due_at - each.at if by_the_clock else hours.working_time_between(each.at, promise.due_at)
    ran = each.at - promise.start_at if by_the_clock else hours.working_time_between(promise.start_at, each.at)
    promise.elapsed = max(ran, timedelta(0))
    promise.evidence = each.evidence[:200]
    return promise
