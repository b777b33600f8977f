"""The tasks of a case: what is still to be done, and what an earlier plan has done already."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from huiyin.cases.models import Case, CasePlan, CasePlanStep, CaseTask
from huiyin.cases.rules.plan import PlanStep
from huiyin.kernel.actor import Actor
from huiyin.kernel.refusal import NotFound
from huiyin.working_time.public import WorkingCalendar

MIDNIGHT = time(0)


def open_tasks(case: Case) -> QuerySet[CaseTask]:
    """Tasks neither done nor dropped."""
    return case.tasks.filter(done_at=None, dropped=False).order_by("pk")


def done_before(case: Case) -> set[str]:
    """The steps, in words, that were done since the case was last reopened."""
    done = CasePlanStep.objects.filter(task__case=case, task__done_at__isnull=False, task__dropped=False)
    again = case.stages.filter(to_state="reopened").order_by("-pk").values_list("at", flat=True).first()
    return set((done.filter(task__done_at__gte=again) if again else done).values_list("text", flat=True))


def case_of_task(actor: Actor, task_id: int) -> int:
    """The case of a task in the viewer's sight.

    Raises:
        NotFound: there is none.
    """
    found = CaseTask.objects.filter(pk=task_id, case__in=Case.objects.visible_to(actor)).values_list(
        "case_id", flat=True
    )
    for case_id in found:
        return case_id
    raise NotFound


def step_of(row: CasePlanStep) -> PlanStep:
    """A kept step as the rules see it."""
    return PlanStep(
        what=row.text,
        person_id=row.person_id,
        department_id=row.department_id,
        due_on=row.due_on,
        cost=row.cost,
        risk=row.risk,
        result=row.result,
        internal=row.internal,
    )


def rows_of(plan: CasePlan) -> list[PlanStep]:
    """The steps of a plan in their order."""
    return [step_of(row) for row in plan.rows.order_by("position")]


def end_of(calendar: WorkingCalendar, day: date) -> datetime:
    """When work ends on a day; on a day off, when the day is over."""
    intervals = calendar.intervals_on(day)
    ends = intervals[-1].end if intervals else MIDNIGHT
    last = day + timedelta(days=1) if ends == MIDNIGHT else day
    return datetime.combine(last, ends, calendar.zone)
