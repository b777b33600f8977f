"""Tells the customer the plan."""

from __future__ import annotations

from huiyin.cases.actions.moving import locked, move
from huiyin.cases.actions.plan_letters import plan_letter
from huiyin.cases.actions.telling import tell_customer
from huiyin.cases.models import CasePlan
from huiyin.cases.queries.facts import newest_plan
from huiyin.cases.queries.plans import changed, last_told
from huiyin.cases.rules.needs import NEEDS
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


@action("cases.send_plan", needs=NEEDS["send_plan"])
def send_plan(act: Act, case_id: int) -> CasePlan:
    """Sends the present plan with the link to confirm it; without an address the link is there to be passed on."""
    case = locked(act, case_id)
    plan = newest_plan(case)
    if plan is None:
        raise Conflict(message(_("There is no plan yet.")))
    move(act, case, "send_plan", starts="plan_sent")
    plan.sent_at = act.now
    plan.save(update_fields=["sent_at"])
    before = last_told(case, plan)
    tell_customer(act, case, plan_letter(plan, changed(case, before, plan) if before else ()))
    act.record(case, customer_id=case.customer_id, version=plan.version)
    return plan
