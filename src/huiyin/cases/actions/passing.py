"""A case goes to another department: what it owes to the other one, and how long it was with the old one (OLA)."""

from __future__ import annotations

from typing import Any

from huiyin.cases.actions.clocks import begin_clocks, owed_about, pass_clocks
from huiyin.cases.actions.moving import change
from huiyin.cases.models import Case, CaseStay
from huiyin.cases.queries.sla import policy_of
from huiyin.cases.queries.stays import begun_here, measured
from huiyin.cases.rules.sla import OF_DEPARTMENT, owed
from huiyin.foundation.actions import Act

KINDS = frozenset(f"case.{goal}" for goal in OF_DEPARTMENT)


def pass_on(act: Act, case: Case, department_id: int, **changes: Any) -> None:
    """Gives a locked case to a department, with its owner and other changes; its promises follow.

    Coming from another department it owes there what the policy's own clocks say, the old one's are let go of.
    """
    moves = department_id != case.department_id
    if moves and case.department_id:
        _note_stay(act, case)
    change(case, department_id=department_id, **changes)
    if moves:
        owed_about(act, case).cancel(case.department.name if case.department else "", KINDS)
    pass_clocks(act, case)
    if moves:
        _start(act, case)


def _note_stay(act: Act, case: Case) -> None:
    since = begun_here(case)
    until = max(since, act.now)
    worked, stopped = measured(case, since, until)
    CaseStay.objects.create(
        case=case, department_id=case.department_id, since=since, until=until, worked=worked, stopped=stopped
    )


def _start(act: Act, case: Case) -> None:
    policy, code = policy_of(case), case.department.code if case.department else ""
    clocks = owed(policy, case.level, "passed", code)
    begin_clocks(act, case, policy, [clock for clock in clocks if clock.goal != "taken" or case.owner_id is None])
