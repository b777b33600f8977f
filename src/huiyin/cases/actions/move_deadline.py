"""Moves a date the customer was given: before it passes, with the reason, and the customer is told."""

from __future__ import annotations

from datetime import datetime

from huiyin.cases.actions.clocks import owed_about, set_due
from huiyin.cases.actions.letters import deadline_letter
from huiyin.cases.actions.moving import beside
from huiyin.cases.actions.progress import promise_word
from huiyin.cases.actions.telling import tell_customer
from huiyin.cases.models import Case
from huiyin.cases.rules.needs import NEEDS
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.promises.public import Promise, move_promise

TOLD_GOALS = ("solve", "plan", "tell_result")


@action("cases.move_deadline", needs=NEEDS["move_deadline"])
def move_deadline(act: Act, case_id: int, *, due_at: datetime, reason: str, goal: str = "solve") -> Case:
    """Gives a running deadline of the case a new moment; the customer gets a letter with the reason (CAS-9).

    Raises:
        Conflict: no such deadline is running, or it has passed already: then it stays, and is late.
        Invalid: no reason, or the new moment lies in the past.
    """
    case = beside(act, case_id, "move_deadline")
    if goal not in TOLD_GOALS:
        raise Invalid(message(_("Choose a deadline.")), {"goal": message(_("Choose one of the listed values."))})
    promise = _running(act, case, goal)
    before = promise.due_at
    moved = move_promise(act.call, promise.pk, due_at=due_at, reason=reason)
    _keep_in_mind(act, case, moved)
    if goal == "solve":
        case.planned_at = due_at
        case.save(update_fields=["planned_at"])
        promise_word(act, case)
    tell_customer(act, case, deadline_letter(before, due_at, reason))
    act.record(
        case,
        customer_id=case.customer_id,
        reason=reason,
        goal=goal,
        before=before.isoformat(),
        after=due_at.isoformat(),
    )
    return case


def _running(act: Act, case: Case, goal: str) -> Promise:
    for promise in owed_about(act, case).promises:
        if promise.kind == f"case.{goal}":
            return promise
    raise Conflict(message(_("No such deadline is running for this case.")))


def _keep_in_mind(act: Act, case: Case, moved: Promise) -> None:
    """What was read of the promise before it moved is made like it, and the case takes its place in the queue."""
    for promise in owed_about(act, case).promises:
        if promise.pk == moved.pk:
            promise.due_at, promise.ladder_at = moved.due_at, moved.ladder_at
    set_due(act, case)
