"""Puts a case into a stage of the company's own."""

from __future__ import annotations

from huiyin.cases.actions.moving import beside
from huiyin.cases.actions.own_stage import enter_stage
from huiyin.cases.models import Case, OwnStage
from huiyin.cases.rules.needs import NEEDS
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


@action("cases.own_stage", needs=NEEDS["own_stage"])
def put_in_stage(act: Act, case_id: int, *, stage: str) -> Case:
    """Puts the case into the stage with this code; "" takes it out of its stage. The same again changes nothing.

    Raises:
        Invalid: there is no such stage in use within the state of the case.
    """
    case = beside(act, case_id, "own_stage")
    stages = OwnStage.objects.select_for_update()  # it is neither retired nor given another state meanwhile
    found = stages.filter(code=stage, in_use=True, state=case.state).first() if stage else None
    if stage and found is None:
        why = message(_("There is no such stage in this state. Reload the page to see which there are."))
        raise Invalid(why, {"stage": why})
    if (found.pk if found else None) != case.own_stage_id:
        before = case.own_stage.code if case.own_stage else ""
        enter_stage(act, case, found)
        act.record(case, customer_id=case.customer_id, before=before, to=stage)
    return case
