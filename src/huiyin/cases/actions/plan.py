"""Makes a plan, or a new version of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from huiyin.cases.actions.moving import locked, move
from huiyin.cases.actions.tasks import NOBODY, drop_steps, is_at_work
from huiyin.cases.models import Case, CasePlan, CasePlanStep
from huiyin.cases.queries.facts import newest_plan
from huiyin.cases.rules.needs import NEEDS
from huiyin.cases.rules.plan import MOST_COST, MOST_PROGRESS_DAYS, PlanStep, steps_in, told, total, wrong_with
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.years import why_far
from huiyin.organisation.public import Department, Staff

NOWHERE = _("There is no such department.")


@action("cases.plan", needs=NEEDS["plan"])
def plan_case(
    act: Act,
    case_id: int,
    *,
    steps: str | list[PlanStep],
    due_at: datetime,
    cost: Decimal | None = None,
    risk: str = "",
    result: str = "",
    person_id: int | None = None,
    department_id: int | None = None,
    reason: str = "",
    progress_days: int | None = None,
) -> CasePlan:
    """Writes the next version of the plan: steps with person, day, cost, risk and result, and its end (CAS-8).

    Steps in one text are one a line, the customer's ``cost`` (yuan) belongs to the first. A confirmation of an earlier
    version does not hold for the new one, and tasks of the earlier one that are not done are dropped. ``risk`` is told
    to the customer, the steps' own risks are not; ``reason`` says what made the new version necessary.

    Raises:
        Invalid: no steps, a day that has passed or lies after the end, a cost that is negative or does not add up,
            a person or department that is unknown.
    """
    case = locked(act, case_id)
    rows = steps_in(steps, cost or Decimal(0)) if isinstance(steps, str) else steps
    _check(act, rows, due_at, cost, {"person_id": person_id, "department_id": department_id}, progress_days)
    before = newest_plan(case)
    version = before.version + 1 if before else 1
    handler = person_id or case.handler_id or act.actor.staff_id
    move(act, case, "plan", reason=reason, evidence=f"v{version}", handler_id=handler, planned_at=due_at)
    plan = CasePlan.objects.create(
        case=case,
        version=version,
        steps=told(rows),
        person_id=person_id or act.actor.staff_id,
        department_id=department_id or case.department_id,
        due_at=due_at,
        cost=total(rows),
        risk=risk,
        result=result,
        why=reason,
        progress_days=progress_days,
        made_by_id=act.actor.staff_id,
        made_at=act.now,
    )
    _write_steps(plan, rows)
    drop_steps(act, case, f"v{version}")
    _record(act, case, plan, len(rows), reason)
    return plan


def _record(act: Act, case: Case, plan: CasePlan, many: int, reason: str) -> None:
    act.record(
        case,
        customer_id=case.customer_id,
        reason=reason,
        version=plan.version,
        cost=str(plan.cost),
        due_at=plan.due_at.isoformat(),
        steps=many,
    )


def _check(
    act: Act,
    steps: Sequence[PlanStep],
    due_at: datetime,
    cost: Decimal | None,
    whose: Mapping[str, int | None],
    progress_days: int | None,
) -> None:
    wrong = _unknown(whose)
    if progress_days is not None and not 0 <= progress_days <= MOST_PROGRESS_DAYS:
        wrong["progress_days"] = message(_("Give a number of days from 0 to %(most)d."), most=MOST_PROGRESS_DAYS)
    zone = timezone.get_default_timezone()
    if due_at <= act.now:
        wrong["due_at"] = message(_("This moment has already passed."))
    elif why := why_far(due_at):
        wrong["due_at"] = why
    elif why := wrong_with(steps, act.now.astimezone(zone).date(), due_at.astimezone(zone).date()):
        wrong["steps"] = why
    elif _strangers(steps):
        wrong["steps"] = message(NOBODY)
    elif _nowhere({step.department_id for step in steps}):
        wrong["steps"] = message(NOWHERE)
    if why := _wrong_cost(steps, cost):
        wrong["cost"] = why
    if wrong:
        raise Invalid(message(_("The plan was not saved. What you typed is kept.")), wrong)


def _wrong_cost(steps: Sequence[PlanStep], cost: Decimal | None) -> Message | None:
    if total(steps) > MOST_COST:
        return message(_("A plan costs at most %(most)s yuan."), most=f"{MOST_COST:,}")
    if cost is not None and cost < 0:
        return message(_("A cost cannot be negative."))
    if cost is not None and steps and cost != total(steps):
        return message(_("The costs of the steps add up to %(total)s yuan."), total=f"{total(steps):.2f}")
    return None


def _unknown(whose: Mapping[str, int | None]) -> dict[str, Message]:
    """What is wrong with who is responsible for the plan."""
    wrong: dict[str, Message] = {}
    person = whose["person_id"]
    if person is not None and not is_at_work(person):
        wrong["person_id"] = message(NOBODY)
    if _nowhere({whose["department_id"]}):
        wrong["department_id"] = message(NOWHERE)
    return wrong


def _nowhere(departments: set[int | None]) -> bool:
    named = {department for department in departments if department is not None}
    return bool(named) and Department.objects.filter(pk__in=named).count() != len(named)


def _strangers(steps: Sequence[PlanStep]) -> bool:
    named = {step.person_id for step in steps if step.person_id is not None}
    return bool(named) and Staff.objects.filter(pk__in=named, is_active=True).count() != len(named)


def _write_steps(plan: CasePlan, steps: Sequence[PlanStep]) -> None:
    people = [person for step in steps if (person := step.person_id or plan.person_id) is not None]
    departments: dict[int | None, int | None] = dict(
        Staff.objects.filter(pk__in=people).values_list("pk", "department_id")
    )
    CasePlanStep.objects.bulk_create(
        CasePlanStep(
            plan=plan,
            position=position,
            text=step.what.strip(),
            person_id=step.person_id or plan.person_id,
            department_id=step.department_id or departments.get(step.person_id or plan.person_id),
            due_on=step.due_on,
            cost=step.cost,
            risk=step.risk,
            result=step.result,
            internal=step.internal,
        )
        for position, step in enumerate(steps, 1)
    )
