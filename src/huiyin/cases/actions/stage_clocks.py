"""Clocks that begin when a case enters a stage of the company's own (SLA-2)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from huiyin.cases.actions.clocks import begin_clocks, wanted_by
from huiyin.cases.models import Case, OwnStage
from huiyin.cases.queries.own_stages import stage_of
from huiyin.cases.queries.sla import policy_of
from huiyin.cases.queries.stage_entries import clocks_of_stage, entries_of
from huiyin.cases.rules.own_stages import PREFIX
from huiyin.cases.rules.sla import Clock, Policy, stages_that_begin
from huiyin.foundation.actions import Act
from huiyin.promises.public import Wanted, kept_since


def begin_at_stage(act: Act, case: Case, stage: OwnStage) -> None:
    """Starts the clocks of a stage that a locked case has just entered; one that still runs keeps its deadline.

    Where the case waits they stand still as its others do. They run on when the case leaves the stage.
    """
    policy = policy_of(case)
    begin_clocks(act, case, policy, clocks_of_stage(case, policy, f"{PREFIX}{stage.code}"))


def begun_by_stages(case: Case, policy: Policy, running: Collection[str]) -> list[Wanted]:
    """What the clocks of stages promise under another level or policy: from the moment the case entered them.

    Of the stage it is in: all whose goal it has not reached since. Of those it left: only what runs (``running``:
    kinds).
    """
    if not stages_that_begin(policy):
        return []
    entered, here = entries_of([case.pk]).get(case.pk, {}), stage_now(case)
    found: dict[str, Wanted] = {}
    for start, since in entered.items():
        clocks = {f"case.{clock.goal}": clock for clock in clocks_of_stage(case, policy, start)}
        still = clocks.keys() & set(running)
        if start == here:
            still |= _not_reached(case, clocks, since, entered)
        found |= {kind: wanted_by(case, policy, clocks[kind], since) for kind in clocks if kind in still}
    return list(found.values())


def _not_reached(case: Case, clocks: Mapping[str, Clock], since: datetime, entered: Mapping[str, datetime]) -> set[str]:
    stages = {f"case.{start}" for start, at in entered.items() if at > since}
    return set(clocks) - stages - kept_since(case._meta.label_lower, case.pk, since)


def stage_now(case: Case) -> str:
    """The start of clocks that the case's present stage is; "" without one."""
    stage = stage_of(case.own_stage_id) if case.own_stage_id else None
    return f"{PREFIX}{stage.code}" if stage else ""
