"""Makes a plan, or a new version of it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from huiyin.cases.actions.moving import locked, move
from huiyin.cases.models import CasePlan
from huiyin.cases.queries.facts import newest_plan
from huiyin.cases.rules.needs import NEEDS
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _


@action("cases.plan", needs=NEEDS["plan"])
def plan_case(
    act: Act,
    case_id: int,
    *,
    steps: str,
    due_at: datetime,
    cost: Decimal = Decimal(0),
    risk: str = "",
    result: str = "",
    person_id: int | None = None,
    department_id: int | None = None,
) -> CasePlan:
    """Writes the next version of the plan: steps in plain words, person, date, the customer's cost in yuan (CAS-8).

    A confirmation of an earlier version does not hold for the new one.

    Raises:
        Invalid: no steps, a date that has passed, a negative cost.
    """
    case = locked(act, case_id)
    _check(act, steps, due_at, cost)
    before = newest_plan(case)
    version = before.version + 1 if before else 1
    move(act, case, "plan", evidence=f"v{version}", handler_id=person_id or case.handler_id or act.actor.staff_id)
    plan = CasePlan.objects.create(
        case=case,
        version=version,
        steps=steps.strip(),
        person_id=person_id or act.actor.staff_id,
        department_id=department_id or case.department_id,
        due_at=due_at,
        cost=cost,
        risk=risk,
        result=result,
        made_by_id=act.actor.staff_id,
        made_at=act.now,
    )
    act.record(case, customer_id=case.customer_id, version=plan.version, cost=str(cost), due_at=due_at.isoformat())
    return plan


def _check(act: Act, steps: str, due_at: datetime, cost: Decimal) -> None:
    wrong: dict[str, Message] = {}
    if not steps.strip():
        wrong["steps"] = message(_("Say what will be done."))
    if due_at <= act.now:
        wrong["due_at"] = message(_("This moment has already passed."))
    if cost < 0:
        wrong["cost"] = message(_("A cost cannot be negative."))
    if wrong:
        raise Invalid(message(_("The plan was not saved. What you typed is kept.")), wrong)
