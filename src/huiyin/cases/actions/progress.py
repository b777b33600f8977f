"""Word of how it goes, at the agreed points while work is going on (CAS-9)."""

from __future__ import annotations

from huiyin.cases.actions.clocks import promise_progress
from huiyin.cases.models import Case
from huiyin.cases.queries.facts import newest_plan
from huiyin.cases.queries.settings import conduct_at
from huiyin.cases.rules.states import State
from huiyin.foundation.actions import Act

AT_WORK = (State.EXECUTING, State.WAITING)


def promise_word(act: Act, case: Case) -> None:
    """While work goes on by a plan, the next word is promised; letters and talks that reach the customer keep it."""
    if case.state not in AT_WORK or case.planned_at is None:
        return
    plan = newest_plan(case)
    if plan is not None:
        every = plan.progress_days
        promise_progress(act, case, conduct_at(act.now).progress_days if every is None else every)
