"""Asks the worker to draw, plan again or publish a week; stops it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Invalid, NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.visits.actions.plan_week import check_monday
from huiyin.visits.models import UNFINISHED, PlanState, PlanTask, PlanWork, WeekPlan, WorkState
from huiyin.visits.queries.policies import company_today

TASK = "visits.plan_work"


@action("visits.begin_plan_work", needs="visits.plan")
def begin_plan_work(
    act: Act,
    monday: date,
    *,
    task: str,
    seed: int = 0,
    plan_id: int | None = None,
    day_most: Mapping[str, int] | None = None,
) -> PlanWork:
    """Puts work on the week of ``monday`` to the worker; ``seed`` is for draws, ``plan_id`` the draft to publish.

    ``day_most``: days (ISO) that overflow and hold no more than so many when the week is planned again.

    Raises:
        Invalid: ``monday`` is no Monday, or the week is over.
        Conflict: the week is being worked on already, or there is nothing to publish or to plan again.
        NotFound: the draft is not there any more.
    """
    check_monday(monday)
    if monday + timedelta(days=7) <= company_today(act.now):
        raise Invalid(message(_("No call window of this week lies ahead any more; plan the next week.")))
    _check(monday, task, plan_id)
    if PlanWork.objects.filter(monday=monday, state__in=UNFINISHED).exists():
        raise Conflict(BUSY)
    work = PlanWork(monday=monday, task=task, seed=seed, plan_id=plan_id, asked_by_id=act.actor.id, asked_at=act.now)
    work.day_most = dict(day_most or {})
    try:
        with transaction.atomic():
            work.save()
    except IntegrityError:
        raise Conflict(BUSY) from None
    act.record(work, week=monday.isoformat(), task=task)
    app.configure_task(TASK, lock=f"plan:{monday}").defer(work_id=work.pk)
    return work


BUSY = message(_("This week is being worked on already; wait until that is done, or stop it."))


def _check(monday: date, task: str, plan_id: int | None) -> None:
    of_week = WeekPlan.objects.filter(monday=monday)
    if task == PlanTask.REPLAN and not of_week.filter(state=PlanState.PUBLISHED).exists():
        raise Conflict(message(_("This week has no published plan yet; draw it first.")))
    if task != PlanTask.PUBLISH:
        return
    state = of_week.filter(pk=plan_id or 0).values_list("state", flat=True).first()
    if state is None:
        raise NotFound(message(_("This draft is not there any more; a newer one has taken its place.")))
    if state == PlanState.SUPERSEDED:
        raise Conflict(message(_("A newer plan of this week has been published.")))


@action("visits.stop_plan_work", needs="visits.plan")
def stop_plan_work(act: Act, work_id: int) -> PlanWork:
    """Stops work on a week: at once while it waits, else at its next step. What stood before stands.

    Raises:
        Conflict: it is not going on any more.
    """
    work = act.lock(PlanWork.objects.all(), work_id)
    if not work.working:
        raise Conflict(message(_("This work has ended already.")))
    work.stop_wanted = True
    if work.state == WorkState.WAITING:
        work.state, work.ended_at = WorkState.CANCELLED, act.now
    work.save(update_fields=["stop_wanted", "state", "ended_at"])
    act.record(work, week=work.monday.isoformat(), task=work.task)
    return work


@action("visits.resume_plan_work", needs="visits.plan")
def resume_plan_work(act: Act, work_id: int) -> PlanWork:
    """Takes up work that was stopped or failed, from its beginning: nothing of it was kept.

    Raises:
        Conflict: it is going on or finished, or other work on the week is going on.
    """
    work = act.lock(PlanWork.objects.all(), work_id)
    if work.state not in (WorkState.CANCELLED, WorkState.FAILED):
        raise Conflict(message(_("Only work that was stopped can be taken up again.")))
    return begin_plan_work(
        act.call, work.monday, task=work.task, seed=work.seed, plan_id=work.plan_id, day_most=work.day_most
    )
