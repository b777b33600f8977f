"""A site visit was called off: nobody has to do its task any more."""

from __future__ import annotations

from huiyin.cases.actions.tasks import tick
from huiyin.cases.models import Case, CaseTask
from huiyin.cases.rules.needs import NEEDS
from huiyin.foundation.actions import Act, action


@action("cases.drop_site_task", needs=NEEDS["finish_task"])
def drop_site_task(act: Act, task_id: int) -> None:
    """Drops the task in the case where it stands now, whatever the state of that; nothing happens if it is over.

    Who may call the visit off may do this, also where a merge took the task to a case out of the actor's area.
    """
    # A merge may move the task while we wait for its case, so the task is read again under the lock.
    case = act.lock(Case.objects.all(), CaseTask.objects.get(pk=task_id).case_id)
    task = case.tasks.filter(pk=task_id).first()
    if task is not None:
        tick(act, case, task, dropped=True)
