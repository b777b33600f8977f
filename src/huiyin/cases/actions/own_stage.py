"""Puts a case into a stage of the company's own, and takes it out when its state moves on."""

from __future__ import annotations

from django.db.models import F
from django.db.models.functions import Greatest

from huiyin.cases.actions.clocks import owed_about, reach_goal
from huiyin.cases.actions.clocks_anew import fit_clocks
from huiyin.cases.actions.stage_clocks import begin_at_stage
from huiyin.cases.models import Case, OwnStage, OwnStageStay
from huiyin.cases.queries.own_stages import stages_in_use
from huiyin.cases.queries.sla import stages_choose
from huiyin.cases.rules.own_stages import PREFIX, leaves_stage
from huiyin.cases.rules.states import IN_WORK
from huiyin.foundation.actions import Act


def enter_stage(act: Act, case: Case, stage: OwnStage | None) -> None:
    """Ends the stay of a locked case and begins the next: clocks that end with the stage are kept, its own begin.

    Where a policy asks for stages the one is chosen anew that fits now.
    """
    said = stage or case.own_stage
    OwnStageStay.objects.filter(case=case, until=None).update(until=Greatest(F("since"), act.now))
    case.own_stage = stage
    case.save(update_fields=["own_stage"])
    if stage is not None:
        OwnStageStay.objects.create(case=case, stage=stage, since=act.now, by_id=act.actor.staff_id)
        reach_goal(act, case, f"{PREFIX}{stage.code}", stage.name)
    if said is not None and case.live and stages_choose(act.now):
        fit_clocks(act, case, said.name)
    if stage is not None:
        begin_at_stage(act, case, stage)


def let_go_of_stages(act: Act, case: Case) -> None:
    """The work is finished: stages within the work are not reached any more, and nothing is owed for them."""
    standing = owed_about(act, case)
    stages = {f"case.{PREFIX}{stage.code}": stage for stage in stages_in_use()}
    named = {each.kind for each in standing.promises if each.kind.startswith(f"case.{PREFIX}")}
    gone = {kind for kind in named if kind not in stages or stages[kind].state in IN_WORK}
    if gone:
        standing.cancel(case.number, gone)


def leave_stage(act: Act, case: Case, target: str) -> None:
    """Ends the stay when the state that the stage belongs to is left."""
    stage = case.own_stage
    if stage is not None and leaves_stage(stage.state, target):
        enter_stage(act, case, None)
