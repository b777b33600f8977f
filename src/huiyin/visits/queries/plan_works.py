"""How far the work on a week's plan is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from huiyin.foundation.forms import say
from huiyin.kernel.refusal import NotFound
from huiyin.kernel.words import message
from huiyin.visits.models import PlanTask, PlanWork, WorkState
from huiyin.visits.rules.work_steps import DRAWING, PUBLISHING, STEP_LABELS, share_done


@dataclass(frozen=True)
class WorkShown:
    """Work on a week as a bar: what is done, at which step, ``done`` of ``of`` steps behind it; and why it failed."""

    work: PlanWork
    done: int
    of: int
    step: str
    failure: str

    @property
    def task(self) -> str:
        """What is done to the week."""
        return str(PlanTask(self.work.task).label)

    @property
    def state(self) -> str:
        """Where the work stands."""
        return str(WorkState(self.work.state).label)


def work_called(work_id: int) -> PlanWork:
    """A piece of work by its id.

    Raises:
        NotFound: there is none.
    """
    found = PlanWork.objects.select_related("asked_by").filter(pk=work_id).first()
    if found is None:
        raise NotFound
    return found


def last_work(monday: date) -> PlanWork | None:
    """The newest work on a week, unless it is finished well."""
    newest = PlanWork.objects.select_related("asked_by").filter(monday=monday).order_by("-id").first()
    return None if newest is None or newest.state == WorkState.DONE else newest


def shown_work(work: PlanWork) -> WorkShown:
    """The work in the reader's words."""
    steps = PUBLISHING if work.task == PlanTask.PUBLISH else DRAWING
    done, of = share_done(steps, work.step)
    failure = say(message(work.failure["text"], **work.failure["params"])) if work.failure else ""
    return WorkShown(work, done, of, gettext(STEP_LABELS[work.step]) if work.step else "", failure)
