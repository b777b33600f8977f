"""Something happened outside the case that a stage of the company's own stands for: the engineer is on site."""

from __future__ import annotations

from huiyin.cases.actions.clocks import reach_goal
from huiyin.cases.actions.own_stage import enter_stage
from huiyin.cases.models import Case, OwnStage
from huiyin.cases.rules.own_stages import PREFIX
from huiyin.foundation.actions import Act, action


@action("cases.stage_reached")
def stage_reached(act: Act, case_id: int, *, by: str, evidence: str) -> Case:
    """Keeps the clocks that end with the stages reached by this, and puts the case into them where its state has them.

    ``by``: a code of :data:`~huiyin.cases.rules.own_stages.REACHED_BY`. The same again changes nothing.
    """
    case = act.lock(Case.objects.all(), case_id)
    stages = OwnStage.objects.filter(in_use=True, reached_by=by).select_for_update()
    for stage in stages if case.live else ():
        reach_goal(act, case, f"{PREFIX}{stage.code}", evidence)
        if case.state == stage.state and case.own_stage_id != stage.pk:
            before = case.own_stage.code if case.own_stage else ""
            enter_stage(act, case, stage)
            act.record(case, customer_id=case.customer_id, before=before, to=stage.code)
    return case
