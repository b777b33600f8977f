"""Starts the work."""

from __future__ import annotations

from huiyin.cases.actions.clocks import promise_as_planned, reach
from huiyin.cases.actions.moving import locked, move
from huiyin.cases.actions.progress import promise_word
from huiyin.cases.actions.tasks import begin_steps
from huiyin.cases.models import Case
from huiyin.cases.queries.facts import newest_plan
from huiyin.cases.queries.sla import policy_of
from huiyin.cases.queries.tasks import step_of
from huiyin.cases.rules.needs import NEEDS
from huiyin.cases.rules.plan import makes_tasks
from huiyin.cases.rules.sla import owed
from huiyin.foundation.actions import Act, action


@action("cases.start", needs=NEEDS["start"])
def start_work(act: Act, case_id: int, *, note: str = "") -> Case:
    """Begins to carry the case out; whoever starts it handles it, unless the plan names somebody.

    The steps of the plan become tasks, each promised by its person for its day.
    """
    case = locked(act, case_id)
    move(act, case, "start", reason=note, handler_id=case.handler_id or act.actor.staff_id)
    plan = newest_plan(case)
    if (
        plan
        and plan.due_at > act.now
        and not any(clock.goal == "solve" for clock in owed(policy_of(case), case.level, "received"))
    ):
        promise_as_planned(act, case, plan.due_at)
    reach(act, case, "start", note)
    if plan and makes_tasks([step_of(row) for row in plan.rows.all()], case.handler_id):
        begin_steps(act, case, plan)
    promise_word(act, case)
    act.record(case, customer_id=case.customer_id, reason=note)
    return case
