"""Does the work on a week's plan: in one transaction, so that a worker that dies leaves nothing half done."""

from __future__ import annotations

import logging
from datetime import date

from huiyin.foundation.actions import Act, action
from huiyin.foundation.beside import say_beside
from huiyin.kernel.actor import SYSTEM
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Refused
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.organisation.public import actor_of
from huiyin.visits.actions.draw_due import draw_due
from huiyin.visits.actions.holding import hold_week
from huiyin.visits.actions.plan_week import plan_week
from huiyin.visits.actions.publish_plan import publish_plan
from huiyin.visits.actions.replan_week import replan_week
from huiyin.visits.models import UNFINISHED, PlanTask, PlanWork, WeekPlan, WorkState
from huiyin.visits.rules.work_steps import Told

log = logging.getLogger(__name__)
STEP = "UPDATE visits_planwork SET step = %s, state = %s WHERE id = %s AND state IN ('waiting', 'running')"


class _Stopped(Exception):
    """Somebody wants no more of it."""


def do_plan_work(call: Call, work_id: int) -> None:
    """Does what was asked for, as the person who asked; it may be told twice at once, and be killed anywhere.

    Where it is stopped or fails nothing of it stays, and the work says so.
    """
    work = PlanWork.objects.select_related("asked_by").filter(pk=work_id, state__in=UNFINISHED).first()
    if work is None:
        return
    asking = Call(actor_of(work.asked_by) if work.asked_by else SYSTEM, call.now)
    try:
        carry_out(asking, work_id)
    except _Stopped:
        _end(call, work_id, WorkState.CANCELLED)
    except Refused as refusal:
        _end(call, work_id, WorkState.FAILED, refusal.why)
    except Exception as error:
        log.exception("work %s on a plan stopped", work_id)
        why = message(_("Something unforeseen happened (%(what)s)."), what=type(error).__name__)
        _end(call, work_id, WorkState.FAILED, why)


@action("visits.carry_out_plan_work")
def carry_out(act: Act, work_id: int) -> WeekPlan | None:
    """The work itself and its end, all or nothing; None when another worker has done it."""
    work = PlanWork.objects.get(pk=work_id)
    if work.task != PlanTask.PUBLISH:
        _teller(work)("due")
        draw_due(Call(SYSTEM, act.now))
    hold_week(work.monday)
    if not PlanWork.objects.filter(pk=work_id, state__in=UNFINISHED).exists():
        return None
    plan = _do(act, work)
    ended = PlanWork.objects.filter(pk=work_id, state__in=UNFINISHED, stop_wanted=False)
    if not ended.update(state=WorkState.DONE, plan=plan, step="", ended_at=act.now):
        raise _Stopped
    return plan


def _do(act: Act, work: PlanWork) -> WeekPlan:
    told = _teller(work)
    if work.task == PlanTask.PUBLISH:
        return publish_plan(act.call, work.plan_id or 0, told=told)
    if work.task == PlanTask.REPLAN:
        day_most = {date.fromisoformat(day): most for day, most in work.day_most.items()}
        return replan_week(act.call, work.monday, day_most=day_most, told=told)
    return plan_week(act.call, work.monday, seed=work.seed, fill_up=work.task == PlanTask.FILL_UP, told=told)


def _teller(work: PlanWork) -> Told:
    """Writes down each step where others see it, and ends the work where somebody wants that."""

    def tell(step: str) -> None:
        say_beside(STEP, [step, WorkState.RUNNING, work.pk])
        if PlanWork.objects.filter(pk=work.pk, stop_wanted=True).exists():
            raise _Stopped

    return tell


@action("visits.end_plan_work")
def _end(act: Act, work_id: int, state: WorkState, why: Message | None = None) -> None:
    """Writes down how the work ended, and why."""
    work = act.lock(PlanWork.objects.all(), work_id)
    if not work.working:
        return
    failure = {"text": why.text, "params": {name: str(value) for name, value in why.params.items()}} if why else {}
    work.state, work.failure, work.step, work.ended_at = state, failure, "", act.now
    work.save(update_fields=["state", "failure", "step", "ended_at"])
    act.record(work, week=work.monday.isoformat(), state=str(state))
