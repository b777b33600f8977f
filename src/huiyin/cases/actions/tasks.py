"""Tasks of a case, each owed by its person until its day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from huiyin.cases.actions.clocks import promise_of
from huiyin.cases.actions.moving import beside
from huiyin.cases.models import Case, CasePlan, CasePlanStep, CaseTask
from huiyin.cases.queries.sla import policy_of
from huiyin.cases.queries.tasks import done_before, end_of, open_tasks
from huiyin.cases.rules.needs import NEEDS
from huiyin.cases.rules.tasks import TASK_LABELS, TaskKind
from huiyin.channels.public import notify_staff
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid, NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.kernel.years import why_far
from huiyin.organisation.public import Staff
from huiyin.promises.public import cancel_promises, keep_promise, make_promises
from huiyin.working_time.public import Span, Unit, calendar_of

KIND = "case.task"
NOBODY = _("There is no such person at work.")
LATEST = datetime.max.replace(tzinfo=UTC)


@action("cases.add_task", needs=NEEDS["add_task"])
def add_task(
    act: Act,
    case_id: int,
    *,
    title: str,
    person_id: int | None = None,
    due_on: date | None = None,
    kind: str = TaskKind.WORK,
) -> CaseTask:
    """Gives somebody something to do for the case; with a day it is promised for its end.

    Raises:
        Invalid: nothing to do, no such kind or person, or a day centuries away.
    """
    case = beside(act, case_id, "add_task")
    if kind not in TASK_LABELS:
        raise Invalid(message(_("Choose one of the listed values.")), {"kind": message(_("Choose one."))})
    if not title.strip():
        raise Invalid(message(_("Say what is to be done.")), {"title": message(_("Say what is to be done."))})
    if due_on is not None and (why := why_far(due_on)):
        raise Invalid(why, {"due_on": why})
    if person_id and not is_at_work(person_id):
        raise Invalid(message(NOBODY), {"person_id": message(NOBODY)})
    task = CaseTask.objects.create(
        case=case,
        kind=kind,
        title=title.strip()[:200],
        person_id=person_id or act.actor.staff_id,
        due_on=due_on,
        made_at=act.now,
        made_by_id=act.actor.staff_id,
    )
    promise_tasks(act, case, [task])
    act.record(case, customer_id=case.customer_id, task=task.title)
    _tell_owner(act, case, task)
    return task


def is_at_work(person_id: int) -> bool:
    """Whether there is such a person, who can be given something to do."""
    return Staff.objects.filter(pk=person_id, is_active=True).exists()


@action("cases.finish_task", needs=NEEDS["finish_task"])
def finish_task(act: Act, case_id: int, *, task_id: int, dropped: bool = False, evidence: str = "") -> CaseTask:
    """Ticks a task off with what shows that it is done, or drops it; a task that is done stays done.

    Raises:
        NotFound: the case has no such task.
    """
    case = beside(act, case_id, "note")
    task = case.tasks.filter(pk=task_id).first()
    if task is None:
        raise NotFound
    tick(act, case, task, dropped=dropped, evidence=evidence)
    return task


def tick(act: Act, case: Case, task: CaseTask, *, dropped: bool = False, evidence: str = "") -> None:
    """Marks a task of a locked case as done or dropped; nothing happens when it is."""
    if task.done_at is not None or task.dropped:
        return
    task.done_at, task.done_by_id, task.dropped = act.now, act.actor.staff_id, dropped
    task.evidence = evidence.strip()[:300]
    task.save()
    if dropped:
        cancel_promises(act.call, subject=task, reason=task.title)
    else:
        keep_promise(act.call, kind=KIND, subject=task, evidence=task.evidence or task.title)
    act.record(case, customer_id=case.customer_id, task=task.title, dropped=dropped, evidence=task.evidence)


def begin_steps(act: Act, case: Case, plan: CasePlan) -> list[CaseTask]:
    """The steps of a plan that begins become tasks of their people; what an earlier version has done stays done."""
    done = done_before(case)
    rows = [row for row in plan.rows.order_by("position") if row.text not in done]
    tasks = CaseTask.objects.bulk_create([_task_of(act, case, plan, row) for row in rows])
    promise_tasks(act, case, tasks, latest=plan.due_at)
    for task in tasks:
        _tell_owner(act, case, task)
    return tasks


def _task_of(act: Act, case: Case, plan: CasePlan, row: CasePlanStep) -> CaseTask:
    return CaseTask(
        case=case,
        step=row,
        title=row.text[:200],
        person_id=row.person_id or plan.person_id,
        due_on=row.due_on or plan.due_at.astimezone(calendar_of(policy_of(case).calendar).zone).date(),
        made_at=act.now,
        made_by_id=act.actor.staff_id,
    )


def promise_tasks(act: Act, case: Case, tasks: Sequence[CaseTask], latest: datetime = LATEST) -> None:
    """Each task with a day is promised by its person for the end of work on that day, at ``latest`` then."""
    policy = policy_of(case)
    calendar = calendar_of(policy.calendar)
    wanted = [
        promise_of(
            case,
            policy,
            task,
            task.person_id,
            kind=KIND,
            span=Span(max(round((end - act.now).total_seconds() / 3600, 2), 0.01), Unit.HOURS),
            due_at=end,
        )
        for task in tasks
        if task.due_on is not None and (end := min(end_of(calendar, task.due_on), latest))
    ]
    if wanted:
        make_promises(act.call, wanted)


def drop_steps(act: Act, case: Case, reason: str, *, every: bool = False) -> None:
    """Tasks that came from a plan and are not done are dropped, or (``every``) all tasks; nobody owes them any more."""
    tasks = open_tasks(case) if every else open_tasks(case).exclude(step=None)
    for task in tasks:
        task.done_at, task.done_by_id, task.dropped = act.now, act.actor.staff_id, True
        task.save(update_fields=["done_at", "done_by_id", "dropped"])
        cancel_promises(act.call, subject=task, reason=reason)


def _tell_owner(act: Act, case: Case, task: CaseTask) -> None:
    if task.person_id and task.person_id != act.actor.id:
        text = message(_("A task in %(number)s: %(title)s"), number=case.number, title=task.title)
        notify_staff(act.call, [task.person_id], text, page="case", args=[case.pk])
