"""The promises of a case: started by events, kept by steps, paused while waiting, gone when it ends."""

from __future__ import annotations

from datetime import datetime

from huiyin.cases.models import Case
from huiyin.cases.models.case import NO_CLOCK
from huiyin.cases.queries.settings import policy_of
from huiyin.cases.rules.sla import REACHED, Clock, Policy, owed, stands_still
from huiyin.cases.rules.states import State
from huiyin.foundation.actions import Act
from huiyin.promises.public import (
    PromiseState,
    cancel_promise,
    hand_over,
    keep_promise,
    make_promise,
    pause_promises,
    promises_on,
    resume_promises,
)
from huiyin.working_time.public import Span, Unit

UNSETTLED = {PromiseState.OPEN, PromiseState.PAUSED}


def start_clocks(act: Act, case: Case, event: str, at: datetime, policy: Policy | None = None) -> None:
    """Makes the promises that an event starts at the case's level."""
    policy = policy or policy_of(case)
    for clock in owed(policy, case.level, event):
        _promise(act, case, policy, clock, at)
    set_due(case)


def _promise(act: Act, case: Case, policy: Policy, clock: Clock, at: datetime) -> None:
    make_promise(
        act.call,
        kind=f"case.{clock.goal}",
        subject=case,
        span=Span(clock.amount, Unit(clock.unit)),
        start=at,
        title=f"{case.number} {case.title}",
        owner=case.owner_id,
        department=case.department_id,
        store=case.store_id,
        customer=case.customer_id,
        policy=policy.title,
        calendar=policy.calendar,
    )


def promise_as_planned(act: Act, case: Case, due_at: datetime) -> None:
    """Promises the solution for the agreed date, where the level itself sets none."""
    policy = policy_of(case)
    make_promise(
        act.call,
        kind="case.solve",
        subject=case,
        span=Span(round((due_at - act.now).total_seconds() / 3600, 2), Unit.HOURS),
        due_at=due_at,
        title=f"{case.number} {case.title}",
        owner=case.owner_id,
        department=case.department_id,
        store=case.store_id,
        customer=case.customer_id,
        policy=policy.title,
        calendar=policy.calendar,
    )
    set_due(case)


def reach(act: Act, case: Case, verb: str, evidence: str = "") -> None:
    """Keeps the promises whose goals this step reaches."""
    for goal in REACHED.get(verb, ()):
        keep_promise(act.call, kind=f"case.{goal}", subject=case, evidence=evidence[:200] or case.number)
    set_due(case)


def restart_for_level(act: Act, case: Case, reason: str) -> None:
    """Replaces the running clocks by those of the new level, from the same start; goals already reached stay so."""
    event, at = ("reopened", case.state_since) if case.reopened_times else ("received", case.received_at)
    policy = policy_of(case)
    standing = promises_on(case._meta.label_lower, case.pk)
    reached = {promise.kind for promise in standing if promise.state == PromiseState.KEPT}
    wanted = {f"case.{clock.goal}": clock for clock in owed(policy, case.level, event)}
    for promise in standing:
        same = wanted.get(promise.kind)
        if promise.state in UNSETTLED and promise.kind in _LEVELLED and not _runs_as(same, promise.span):
            cancel_promise(act.call, kind=promise.kind, subject=case, reason=reason)
    for kind, clock in wanted.items():
        if kind not in reached or event == "reopened":
            _promise(act, case, policy, clock, at)
    if case.state == State.WAITING and stands_still(policy, case.waiting_for):
        pause_promises(act.call, subject=case, reason=reason)
    set_due(case)


_LEVELLED = {"case.first_response", "case.plan", "case.solve"}


def _runs_as(clock: Clock | None, span: Span) -> bool:
    return clock is not None and (float(span.amount), str(span.unit)) == (float(clock.amount), clock.unit)


def pause(act: Act, case: Case, reason: str) -> None:
    """Stops the clocks."""
    pause_promises(act.call, subject=case, reason=reason)
    set_due(case)


def go_on(act: Act, case: Case) -> None:
    """Lets the clocks run again."""
    resume_promises(act.call, subject=case)
    set_due(case)


def pass_clocks(act: Act, case: Case) -> None:
    """The open promises follow the case to its owner and department."""
    hand_over(act.call, subject=case, owner=case.owner_id, department=case.department_id)


def drop_clocks(act: Act, case: Case, reason: str) -> None:
    """Cancels what is still owed, because the case has ended."""
    for promise in promises_on(case._meta.label_lower, case.pk):
        if promise.state in UNSETTLED:
            cancel_promise(act.call, kind=promise.kind, subject=case, reason=reason)
    set_due(case)


def set_due(case: Case) -> None:
    """Keeps the case's place in the queue: the earliest running promise."""
    running = [
        promise.due_at for promise in promises_on(case._meta.label_lower, case.pk) if promise.state == PromiseState.OPEN
    ]
    due = min(running, default=NO_CLOCK)
    if due != case.due_at:
        case.due_at = due
        case.save(update_fields=["due_at"])
