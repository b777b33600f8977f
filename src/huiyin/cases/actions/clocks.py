"""The promises of a case: started by events, kept by steps, paused while waiting, gone when it ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext

from huiyin.cases.models import Case, CaseTask
from huiyin.cases.models.case import NO_CLOCK
from huiyin.cases.queries.sla import policy_of
from huiyin.cases.queries.tasks import open_tasks
from huiyin.cases.rules.sla import REACHED, Clock, Policy, of_waiting, owed, stands_still
from huiyin.cases.rules.states import WAITING_LABELS, State
from huiyin.foundation.actions import Act
from huiyin.kernel.call import Call
from huiyin.promises.public import (
    Owed,
    Promise,
    PromiseState,
    Wanted,
    hand_over,
    pause_promises,
    planned,
    resume_promises,
)
from huiyin.working_time.public import Span, Unit, calendar_of, deadline

_OWED = "_owed_in_action"


def owed_about(act: Act, case: Case, *, new: bool = False) -> Owed:
    """What is owed about a locked case, read once in an action."""
    found: Owed | None = getattr(case, _OWED, None)
    if found is None or found.call is not act.call:
        found = Owed(act.call, case, new=new)
        setattr(case, _OWED, found)
    return found


def start_clocks(act: Act, case: Case, event: str, at: datetime, policy: Policy | None = None) -> None:
    """Makes the promises that an event starts at the case's level."""
    policy = policy or policy_of(case)
    owed_about(act, case).make([wanted_by(case, policy, clock, at) for clock in owed(policy, case.level, event)])
    set_due(act, case)


def begin_clocks(act: Act, case: Case, policy: Policy, clocks: Sequence[Clock]) -> None:
    """Starts clocks of the case's policy now; where the case waits they stand still as its others do."""
    if not clocks:
        return
    owed_about(act, case).make([wanted_by(case, policy, clock, act.now) for clock in clocks])
    if case.state == State.WAITING:
        hold(act, case, case.waiting_for, gettext(WAITING_LABELS[case.waiting_for]))
    set_due(act, case)


def foresee(call: Call, case: Case, policy: Policy, received: datetime) -> None:
    """Gives a case that is not there yet its place in the queue: the first promise that will be due (not saved)."""
    _place(case, [planned(call, wanted) for wanted in wanted_for(case, policy, received)])


def wanted_for(case: Case, policy: Policy, received: datetime) -> list[Wanted]:
    """The promises that a case received at a moment is owed."""
    return [wanted_by(case, policy, clock, received) for clock in owed(policy, case.level, "received")]


def wanted_by(case: Case, policy: Policy, clock: Clock, at: datetime) -> Wanted:
    """The promise that a clock started at a moment makes."""
    return _promise(case, policy, f"case.{clock.goal}", Span(clock.amount, Unit(clock.unit)), start=at)


def _promise(
    case: Case, policy: Policy, kind: str, span: Span, *, start: datetime | None = None, due_at: datetime | None = None
) -> Wanted:
    return promise_of(case, policy, case, case.owner_id, kind=kind, span=span, start=start, due_at=due_at)


def promise_of(case: Case, policy: Policy, subject: Case | CaseTask, owner: int | None, **clock: Any) -> Wanted:
    """What ``owner`` owes about a case, or about a task of it; ``clock``: its kind, span, start and deadline."""
    return Wanted(
        **clock,
        subject=subject,
        title=f"{case.number} {subject.title}",
        owner=owner,
        department=case.department_id,
        store=case.store_id,
        customer=case.customer_id,
        policy=policy.title,
        calendar=policy.calendar,
    )


def promise_as_planned(act: Act, case: Case, due_at: datetime) -> None:
    """Promises the solution for the agreed date, where the level itself sets none."""
    span = Span(round((due_at - act.now).total_seconds() / 3600, 2), Unit.HOURS)
    owed_about(act, case).make([_promise(case, policy_of(case), "case.solve", span, due_at=due_at)])
    set_due(act, case)


def promise_progress(act: Act, case: Case, working_days: int) -> None:
    """Promises word of how it goes, unless the work is to be done by then anyway; while one stands nothing changes."""
    policy, span = policy_of(case), Span(working_days, Unit.WORKING_DAYS)
    if not working_days or case.planned_at is None:
        return
    if deadline(calendar_of(policy.calendar), act.now, span).at < case.planned_at:
        owed_about(act, case).make([_promise(case, policy, "case.progress", span, start=act.now)])
        set_due(act, case)


def promise_anew_plan(act: Act, case: Case, working_days: int) -> None:
    """Promises a new plan, because the customer declined the one there was."""
    _promised(act, case, "case.plan", Span(working_days, Unit.WORKING_DAYS))


def promise_answer(act: Act, case: Case, working_hours: int) -> None:
    """Promises an answer to the customer's question."""
    _promised(act, case, "case.answer", Span(working_hours, Unit.WORKING_HOURS))


def _promised(act: Act, case: Case, kind: str, span: Span) -> None:
    owed_about(act, case).make([_promise(case, policy_of(case), kind, span, start=act.now)])
    set_due(act, case)


def reach(act: Act, case: Case, verb: str, evidence: str = "") -> None:
    """Keeps the promises whose goals this step reaches."""
    _keep(act, case, verb, evidence)
    set_due(act, case)


def reach_if_owed(act: Act, case: Case, verb: str, evidence: str) -> None:
    """As :func:`reach`, for goals that few policies have: where the policy has none of them nothing is asked."""
    goals = REACHED.get(verb, ())
    if any(clock.goal in goals for clock in policy_of(case).clocks):
        reach(act, case, verb, evidence)


def reach_goal(act: Act, case: Case, goal: str, evidence: str) -> None:
    """Keeps what is owed for one goal; nothing is asked where the policy has no such clock."""
    if any(clock.goal == goal for clock in policy_of(case).clocks):
        owed_about(act, case).keep({f"case.{goal}"}, evidence)
        set_due(act, case)


def _keep(act: Act, case: Case, verb: str, evidence: str) -> None:
    here = case.department_id in act.actor.department_ids
    goals = {f"case.{goal}" for goal in REACHED.get(verb, ()) if here or goal != "department_step"}
    owed_about(act, case).keep(goals, evidence[:200] or case.number)


def clocks_moved(act: Act, case: Case, verb: str, evidence: str | None, starts: str) -> dict[str, datetime | None]:
    """Keeps what a step reaches, unless there is no evidence, and starts the clocks of an event, if there is one.

    Returns the new place in the queue, to be saved with the step; empty while it is the old one.
    """
    if evidence is not None:
        _keep(act, case, verb, evidence)
    if starts:
        policy = policy_of(case)
        owed_about(act, case).make(
            [wanted_by(case, policy, clock, act.now) for clock in owed(policy, case.level, starts)]
        )
    return _placed(act, case) if starts or evidence is not None else {}


def hold(act: Act, case: Case, waiting_for: str, reason: str) -> bool:
    """Stops the clocks that stand still while the case waits for this, those of its tasks as well; whether it did."""
    policy, standing = policy_of(case), owed_about(act, case)
    goals = {each.kind.removeprefix("case.") for each in standing.promises}
    still = {goal for goal in goals - of_waiting(policy) if stands_still(policy, waiting_for, goal, case.level)}
    standing.pause(reason, {f"case.{goal}" for goal in still})
    if stands_still(policy, waiting_for):
        for task in open_tasks(case):
            pause_promises(act.call, subject=task, reason=reason)
    set_due(act, case)
    return bool(still) or stands_still(policy, waiting_for)


def go_on(act: Act, case: Case) -> None:
    """Lets the clocks run again."""
    owed_about(act, case).resume()
    for task in open_tasks(case):
        resume_promises(act.call, subject=task)
    set_due(act, case)


def tasks_as_case(act: Act, case: Case, tasks: Iterable[CaseTask]) -> None:
    """Clocks of tasks that came from another case stand still where this one waits, and run where it is at work."""
    still = case.state == State.WAITING and stands_still(policy_of(case), case.waiting_for)
    for task in tasks:
        if still:
            pause_promises(act.call, subject=task, reason=case.number)
        else:
            resume_promises(act.call, subject=task)


def pass_clocks(act: Act, case: Case) -> None:
    """The open promises follow the case to its owner and department."""
    hand_over(act.call, subject=case, owner=case.owner_id, department=case.department_id)


def drop_clocks(act: Act, case: Case, reason: str) -> None:
    """Cancels what is still owed, because the case has ended."""
    owed_about(act, case).cancel(reason)
    set_due(act, case)


def kept_in_mind(act: Act, case: Case) -> list[dict[str, Any]]:
    """What is owed about a case that ends for now, so that :func:`take_up` can owe it again."""
    return [
        {
            "kind": each.kind,
            "amount": float(each.span.amount),
            "unit": str(each.span.unit),
            "start": each.start_at.isoformat(),
            "due": each.due_at.isoformat(),
            "stopped": each.state == PromiseState.PAUSED,
        }
        for each in owed_about(act, case).promises
    ]


def take_up(act: Act, case: Case, minded: list[dict[str, Any]], since: datetime) -> None:
    """Owes again what :func:`kept_in_mind` noted at ``since``, by the same deadlines.

    Clocks that stood still then still stand, with the time left that they had.
    """
    owed, policy, later = owed_about(act, case), policy_of(case), max(act.now - since, timedelta(0))
    owed.make([_as_before(case, policy, each, later) for each in minded if each["stopped"]])
    owed.pause(case.number)
    owed.make([_as_before(case, policy, each, timedelta(0)) for each in minded if not each["stopped"]])
    set_due(act, case)


def _as_before(case: Case, policy: Policy, minded: dict[str, Any], later: timedelta) -> Wanted:
    span = Span(minded["amount"], Unit(minded["unit"]))
    start, due = (datetime.fromisoformat(minded[name]) for name in ("start", "due"))
    return _promise(case, policy, minded["kind"], span, start=start, due_at=due + later)


def set_due(act: Act, case: Case) -> None:
    """Keeps the case's place in the queue: the earliest running promise."""
    if placed := _placed(act, case):
        case.save(update_fields=list(placed))


def _placed(act: Act, case: Case) -> dict[str, datetime | None]:
    before = case.due_at, case.warn_at
    _place(case, [promise for promise in owed_about(act, case).promises if promise.state == PromiseState.OPEN])
    return {} if before == (case.due_at, case.warn_at) else {"due_at": case.due_at, "warn_at": case.warn_at}


def _place(case: Case, running: list[Promise]) -> None:
    first = min(running, key=lambda promise: promise.due_at, default=None)
    case.due_at, case.warn_at = (first.due_at, first.ladder_at[0]) if first else (NO_CLOCK, None)
