"""The server clock is set back between steps: no length of time is negative, late stays late, nobody is told twice."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.foundation.events import _listeners
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.promises.models import Promise, PromiseStep
from huiyin.promises.public import (
    PromisesStepped,
    keep_promise,
    make_promise,
    move_promise,
    pause_promises,
    resume_promises,
    sweep_all,
)
from huiyin.promises.queries.deadlines import explained_deadline, time_used
from huiyin.working_time.public import Span, Unit
from tests.conftest import Company, MovableClock

ZERO = timedelta(0)
TURNS = st.lists(
    st.tuples(st.sampled_from(["pause", "resume", "sweep", "sweep", "move", "keep"]), st.integers(-120, 120)),
    min_size=1,
    max_size=14,
)


@given(turns=TURNS, unit=st.sampled_from([Unit.WORKING_HOURS, Unit.HOURS, Unit.WORKING_DAYS]))
@settings(max_examples=40, database=None, suppress_health_check=list(HealthCheck))
def test_whatever_the_clock_does_a_promise_keeps_its_order(
    company: Company, clock: MovableClock, turns: list[tuple[str, int]], unit: Unit
) -> None:
    began, told = clock.now, Counter[tuple[int, str, object]]()
    listener = lambda _call, event: told.update(_heard(event))  # noqa: E731
    _listeners[PromisesStepped].append(listener)
    try:
        with transaction.atomic():
            promise, broken = _promised(company, unit), None
            for verb, hours in turns:
                clock.advance(hours=hours)
                _turn(company, promise, verb)
                promise.refresh_from_db()
                assert broken is None or promise.broken_at == broken, "late stays late, since the same moment"
                broken = promise.broken_at
                _in_order(promise, clock)
            assert max(told.values(), default=0) <= 1, "nobody is told twice"
            transaction.set_rollback(True)
    finally:
        _listeners[PromisesStepped].remove(listener)
        clock.set(began)


def _heard(event: PromisesStepped) -> list[tuple[int, str, object]]:
    due = dict(Promise.objects.values_list("pk", "due_at"))
    return [(each.promise_id, each.step, due[each.promise_id]) for each in event.steps]


def _promised(company: Company, unit: Unit) -> Promise:
    return make_promise(
        company.call("agent"),
        kind="test.answer",
        subject=company.stores["S01"],
        span=Span(2, unit),
        title="Call Mr Li back",
        owner=company.staff["agent"].pk,
        department=company.departments["service"].pk,
    )


def _turn(company: Company, promise: Promise, verb: str) -> None:
    call, store = company.call("director"), company.stores["S01"]
    if verb == "pause":
        pause_promises(call, subject=store, reason="等客户")
    elif verb == "resume":
        resume_promises(call, subject=store)
    elif verb == "keep":
        keep_promise(call, kind="test.answer", subject=store)
    elif verb == "move":
        with suppress(Conflict, Invalid):
            move_promise(call, promise.pk, due_at=call.now + timedelta(hours=30), reason="配件未到")
    else:
        sweep_all()


def _in_order(promise: Promise, clock: MovableClock) -> None:
    for pause in promise.pauses.all():
        assert promise.start_at <= pause.since <= (pause.until or pause.since)
    assert promise.due_at >= promise.start_at
    assert time_used(promise, clock.now) >= ZERO
    for length in (promise.stopped, promise.elapsed):
        assert length is None or length >= ZERO
    if promise.margin is not None:
        assert (promise.margin < ZERO) <= (promise.broken_at is not None)
        assert promise.broken_at is None or promise.margin <= ZERO
    if promise.broken_at is not None:
        assert promise.clock(clock.now) in ("late", "kept-late")
    if promise.state == "open" and promise.agreed_at is None:
        assert promise.due_at == explained_deadline(promise).at
    steps = list(PromiseStep.objects.filter(promise=promise).order_by("pk").values_list("step", "due_at"))
    assert len(set(steps)) == len(steps)


def test_what_became_late_is_not_paused_moved_or_kept_in_time_by_a_clock_set_back(
    company: Company, clock: MovableClock
) -> None:
    promise = _promised(company, Unit.HOURS)
    clock.advance(hours=3)
    sweep_all()
    clock.advance(hours=-2)
    assert pause_promises(company.call("agent"), subject=company.stores["S01"], reason="等客户") == 0
    with pytest.raises(Conflict):
        move_promise(company.call("director"), promise.pk, due_at=clock.now + timedelta(days=1), reason="晚些")
    kept = keep_promise(company.call("agent"), kind="test.answer", subject=company.stores["S01"])
    assert kept is not None
    assert (kept.margin, kept.elapsed, kept.broken_at) == (ZERO, timedelta(hours=1), promise.due_at)
    assert kept.clock(clock.now) == "kept-late"


def test_a_pause_that_ends_before_it_began_took_no_time(company: Company, clock: MovableClock) -> None:
    promise = _promised(company, Unit.WORKING_HOURS)
    due = promise.due_at
    clock.advance(hours=1)
    assert pause_promises(company.call("agent"), subject=company.stores["S01"], reason="等客户") == 1
    clock.advance(hours=-30)
    assert resume_promises(company.call("agent"), subject=company.stores["S01"]) == 1
    promise.refresh_from_db()
    assert (promise.due_at, promise.stopped, promise.state) == (due, ZERO, "open")
