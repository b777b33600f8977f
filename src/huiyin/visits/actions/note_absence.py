"""Somebody falls ill: the days off are noted and the week is planned again, in one step (VIS-18)."""

from __future__ import annotations

from datetime import date

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.public import Staff, add_leave
from huiyin.visits.actions.begin_plan_work import begin_plan_work
from huiyin.visits.models import PlanTask, PlanWork
from huiyin.visits.queries.policies import visitors


@action("visits.note_absence", needs="visits.plan")
def note_absence(
    act: Act, monday: date, *, agent_id: int, first_day: date, last_day: date, reason: str = ""
) -> PlanWork:
    """Notes that an agent is away, both days included, and has the worker draft the week anew with the least change.

    Raises:
        Invalid: this is no service agent, or the days are noted already, or in the wrong order.
        Conflict: the week has no published plan, or is being worked on.
    """
    if not Staff.objects.filter(visitors(), pk=agent_id).exists():
        why = message(_("Choose a service agent who is there."))
        raise Invalid(why, {"agent": why})
    add_leave(act.call, agent_id, first_day=first_day, last_day=last_day, reason=reason)
    return begin_plan_work(act.call, monday, task=PlanTask.REPLAN)
