"""Tasks of a case."""

from __future__ import annotations

from datetime import date

from huiyin.cases.actions.moving import beside
from huiyin.cases.models import CaseTask
from huiyin.cases.rules.needs import NEEDS
from huiyin.channels.public import notify_staff
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid, NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


@action("cases.add_task", needs=NEEDS["add_task"])
def add_task(
    act: Act, case_id: int, *, title: str, person_id: int | None = None, due_on: date | None = None
) -> CaseTask:
    """Gives somebody something to do for the case.

    Raises:
        Invalid: nothing to do.
    """
    case = beside(act, case_id, "add_task")
    if not title.strip():
        raise Invalid(message(_("Say what is to be done.")), {"title": message(_("Say what is to be done."))})
    task = CaseTask.objects.create(
        case=case,
        title=title.strip()[:200],
        person_id=person_id or act.actor.staff_id,
        due_on=due_on,
        made_at=act.now,
        made_by_id=act.actor.staff_id,
    )
    act.record(case, customer_id=case.customer_id, task=task.title)
    if task.person_id and task.person_id != act.actor.id:
        text = message(_("A task in %(number)s: %(title)s"), number=case.number, title=task.title)
        notify_staff(act.call, [task.person_id], text, page="case", args=[case.pk])
    return task


@action("cases.finish_task", needs=NEEDS["finish_task"])
def finish_task(act: Act, case_id: int, *, task_id: int, dropped: bool = False) -> CaseTask:
    """Ticks a task off, or drops it; a task that is done stays done.

    Raises:
        NotFound: the case has no such task.
    """
    case = beside(act, case_id, "note")
    task = case.tasks.filter(pk=task_id).first()
    if task is None:
        raise NotFound
    if task.done_at is None and not task.dropped:
        task.done_at, task.done_by_id, task.dropped = act.now, act.actor.staff_id, dropped
        task.save()
        act.record(case, customer_id=case.customer_id, task=task.title, dropped=dropped)
    return task
