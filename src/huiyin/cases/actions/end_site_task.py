"""A site visit is over: its task is done, and with it the work, unless something else is still open."""

from __future__ import annotations

from huiyin.cases.actions.finish import finished
from huiyin.cases.actions.moving import locked
from huiyin.cases.actions.tasks import tick
from huiyin.cases.queries.facts import facts_of
from huiyin.cases.queries.settings import conduct_at
from huiyin.cases.rules.facts import Step
from huiyin.cases.rules.guards import objections
from huiyin.cases.rules.needs import NEEDS
from huiyin.cases.rules.states import State
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import NotFound
from huiyin.kernel.words import Message


@action("cases.end_site_task", needs=NEEDS["finish"])
def end_site_task(
    act: Act, case_id: int, *, task_id: int, evidence: str, test: str, tested_with_customer: bool
) -> Message | None:
    """Ticks the task off and finishes the work in one go; None, or what still stands against finishing.

    Raises:
        NotFound: no such case or task in the actor's area.
    """
    case = locked(act, case_id)
    task = case.tasks.filter(pk=task_id).first()
    if task is None:
        raise NotFound
    tick(act, case, task, evidence=evidence)
    if case.state != State.EXECUTING:
        return None
    step = Step("finish", State.DONE, act.actor.staff_id)
    if against := objections(facts_of(case), step, conduct_at(act.now)):
        return against[0]
    finished(act, case, test, tested_with_customer=tested_with_customer)
    return None
