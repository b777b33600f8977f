"""A promise is due, warned, broken, escalated, paused, moved, kept or cancelled, and its clock tells the truth."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin.foundation.events import _listeners
from huiyin.kernel.refusal import Conflict, Forbidden, Invalid, NotFound
from huiyin.promises.models import Promise, PromiseStep
from huiyin.promises.public import (
    ClockState,
    PromisesStepped,
    cancel_promise,
    hand_over,
    keep_promise,
    make_promise,
    move_promise,
    my_promises,
    pause_promises,
    resume_promises,
    sweep_all,
    visible_promises,
)
from huiyin.working_time.public import Span, Unit
from tests.conftest import Company, MovableClock

FOUR_HOURS = Span(4, Unit.WORKING_HOURS)


@pytest.fixture
def told():
    heard: list[PromisesStepped] = []
    listener = lambda _call, event: heard.append(event)  # noqa: E731
    _listeners[PromisesStepped].append(listener)
    yield heard
    _listeners[PromisesStepped].remove(listener)


def promised(company: Company, who: str = "agent", span: Span = FOUR_HOURS, **more) -> Promise:
    return make_promise(
        company.call(who),
        kind="test.answer",
        subject=company.stores["S01"],
        span=span,
        title="Call Mr Li back",
        owner=company.staff[who].pk,
        department=company.departments["service"].pk,
        **more,
    )


def test_a_promise_is_due_in_working_time(company: Company, clock: MovableClock) -> None:
    clock.set("2026-09-30T16:00")
    promise = promised(company)
    assert promise.due_at == clock.set("2026-10-08T11:00")


def test_the_same_word_given_twice_is_one_promise(company: Company) -> None:
    assert promised(company).pk == promised(company).pk
    assert Promise.objects.count() == 1


def test_kept_in_time_is_kept_with_the_time_left(company: Company, clock: MovableClock) -> None:
    promised(company)
    clock.set("2026-09-28T11:00")
    promise = keep_promise(company.call("agent"), kind="test.answer", subject=company.stores["S01"], evidence="call 7")
    assert promise is not None
    assert (promise.clock(clock.now), promise.margin) == (ClockState.KEPT, timedelta(hours=2))


def test_a_breach_stays_a_breach_when_the_work_is_done_later(company: Company, clock: MovableClock) -> None:
    promise = promised(company)
    clock.set("2026-09-28T16:30")
    kept = keep_promise(company.call("agent"), kind="test.answer", subject=company.stores["S01"])
    assert kept is not None
    assert (kept.clock(clock.now), kept.broken_at) == (ClockState.KEPT_LATE, promise.due_at)
    assert kept.margin == -timedelta(hours=2, minutes=30)


def test_keeping_what_is_not_owed_does_nothing(company: Company) -> None:
    assert keep_promise(company.call("agent"), kind="test.answer", subject=company.stores["S01"]) is None


def test_the_ladder_warns_the_owner_then_tells_the_manager_then_the_director(
    company: Company, clock: MovableClock, told
) -> None:
    promised(company)
    clock.set("2026-09-28T12:44")
    assert sweep_all() == 0
    staff = {name: person.pk for name, person in company.staff.items()}
    expected = [
        ("2026-09-28T12:45", "warn", (staff["agent"],)),
        ("2026-09-28T14:00", "breach", (staff["agent"], staff["service_manager"])),
        ("2026-09-28T18:00", "escalate", (staff["agent"], staff["service_manager"], staff["director"])),
    ]
    for moment, _step, _people in expected:
        clock.set(moment)
        assert sweep_all() == 1
        assert sweep_all() == 0
    assert [(event.steps[0].step, event.steps[0].staff_ids) for event in told] == [row[1:] for row in expected]


def test_an_outage_loses_no_breach(company: Company, clock: MovableClock) -> None:
    promise = promised(company)
    clock.set("2026-10-20T09:00")
    assert sweep_all() == 3
    promise.refresh_from_db()
    assert (promise.broken_at, promise.step, promise.next_at) == (promise.due_at, 3, None)
    steps = PromiseStep.objects.order_by("id").values_list("step", "taken_at")
    assert list(steps) == [("warn", clock.now), ("breach", clock.now), ("escalate", clock.now)]


def test_a_pause_moves_the_due_moment_by_the_working_time_it_took(company: Company, clock: MovableClock) -> None:
    promised(company)
    call, store = company.call, company.stores["S01"]
    clock.set("2026-09-28T10:00")
    assert pause_promises(call("agent"), subject=store, reason="waiting for the customer") == 1
    clock.set("2026-09-29T09:00")
    assert sweep_all() == 0
    assert resume_promises(call("agent"), subject=store) == 1
    promise = Promise.objects.get()
    assert promise.due_at == clock.set("2026-09-29T12:00")
    assert promise.state == "open"


def test_an_agreed_date_survives_a_pause(company: Company, clock: MovableClock) -> None:
    promise = promised(company)
    agreed = clock.set("2026-09-30T15:00")
    clock.set("2026-09-28T09:30")
    move_promise(company.call("service_manager"), promise.pk, due_at=agreed, reason="part arrives on Wednesday")
    pause_promises(company.call("agent"), subject=company.stores["S01"], reason="customer is away")
    clock.set("2026-09-28T10:30")
    resume_promises(company.call("agent"), subject=company.stores["S01"])
    assert Promise.objects.get().due_at == clock.set("2026-09-30T16:00")


def test_a_deadline_moves_only_before_it_passes_and_with_a_reason(company: Company, clock: MovableClock) -> None:
    promise = promised(company)
    later = clock.now + timedelta(days=3)
    with pytest.raises(Invalid):
        move_promise(company.call("service_manager"), promise.pk, due_at=later, reason=" ")
    with pytest.raises(Forbidden):
        move_promise(company.call("agent"), promise.pk, due_at=later, reason="x")
    with pytest.raises(NotFound):
        move_promise(company.call("rnd_head"), promise.pk, due_at=later, reason="x")
    clock.set(promise.due_at)
    with pytest.raises(Conflict):
        move_promise(company.call("service_manager"), promise.pk, due_at=later, reason="x")
    promise.refresh_from_db()
    assert promise.due_at == clock.now


def test_a_cancelled_promise_is_never_escalated(company: Company, clock: MovableClock) -> None:
    promised(company)
    cancel_promise(company.call("agent"), kind="test.answer", subject=company.stores["S01"], reason="merged")
    clock.advance(days=30)
    assert sweep_all() == 0
    assert Promise.objects.get().clock(clock.now) is ClockState.CANCELLED


def test_promises_change_hands_with_their_subject(company: Company) -> None:
    promised(company)
    assert (
        hand_over(company.call("service_manager"), subject=company.stores["S01"], owner=company.staff["agent2"].pk) == 1
    )
    assert not my_promises(company.actor("agent"))
    assert my_promises(company.actor("agent2")).count() == 1


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("agent", True),
        ("agent2", False),
        ("service_manager", True),
        ("rnd_head", False),
        ("store_manager", False),
        ("engineer", False),
        ("quality", True),
        ("auditor", True),
        ("director", True),
    ],
)
def test_who_sees_a_promise(company: Company, who: str, sees: bool) -> None:
    promised(company)
    assert visible_promises(company.actor(who)).exists() is sees
