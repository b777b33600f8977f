"""Publishes a week's draft: its visits get their day, window and agent, and the calls are promised."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from huiyin.foundation.actions import Act, action
from huiyin.foundation.copying import update_rows
from huiyin.kernel.refusal import Conflict, NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.public import Staff
from huiyin.visits.actions.holding import hold_week
from huiyin.visits.actions.joining import locked_others
from huiyin.visits.actions.merging import loosen
from huiyin.visits.actions.promising import drop_calls, promise_calls
from huiyin.visits.models import PlanState, Visit, WeekPlan
from huiyin.visits.queries.policies import hours_of
from huiyin.visits.rules.lifecycle import State
from huiyin.visits.rules.work_steps import Told, quietly

PLANNABLE = (State.DUE, State.PLANNED)
PLACED = ("state", "plan_id", "planned_on", "window_start", "window_end", "agent_id", "department_id", "place_band")


@action("visits.publish_plan", needs="visits.plan")
def publish_plan(act: Act, plan_id: int, *, told: Told = quietly) -> WeekPlan:
    """Makes the draft the week's plan.

    Visits that were begun, ended, moved or merged since the draw are left alone, and so are places whose window is
    over. Publishing twice changes nothing. ``told`` hears which step begins.

    Raises:
        NotFound: there is no such plan; a newer draft has taken its place.
        Conflict: it was replaced by a newer one.
    """
    monday = WeekPlan.objects.filter(pk=plan_id).values_list("monday", flat=True).first()
    if monday is None:
        raise NotFound
    hold_week(monday)
    plan = act.lock(WeekPlan.objects.select_related("rules"), plan_id)
    if plan.state == PlanState.PUBLISHED:
        return plan
    if plan.state != PlanState.DRAFT:
        raise Conflict(message(_("A newer plan of this week has been published.")))
    WeekPlan.objects.filter(monday=plan.monday, state=PlanState.PUBLISHED).update(state=PlanState.SUPERSEDED)
    told("release")
    _release(act, plan)
    told("place")
    placed = _place(act, plan)
    told("promise")
    promise_calls(act, placed, calendar=plan.rules.calendar)
    loosen(act, placed)
    plan.state, plan.published_at, plan.published_by_id = PlanState.PUBLISHED, act.now, act.actor.id
    plan.save(update_fields=["state", "published_at", "published_by"])
    act.record(plan, week=plan.monday.isoformat(), visits=len(placed))
    return plan


def _release(act: Act, plan: WeekPlan) -> None:
    """Planned visits that the new plan passed over fall back to due; owed ones are owed on, by their department."""
    passed = plan.choices.filter(chosen=False).values("visit")
    after = plan.monday + timedelta(days=7)
    dropped = list(
        Visit.objects.select_for_update(of=("self",))
        .filter(pk__in=passed, state=State.PLANNED, planned_on__lt=after, again_asked=False)
        .select_related("customer")
        .order_by("pk")
    )
    for visit in dropped:
        visit.state, visit.plan, visit.planned_on, visit.place_band = State.DUE, None, None, ""
        visit.window_start = visit.window_end = visit.agent = None
    _write(dropped)
    drop_calls(act, [visit for visit in (*dropped, *locked_others(dropped)) if visit.sampled])
    promise_calls(act, [visit for visit in dropped if not visit.sampled], calendar=plan.rules.calendar)


def _place(act: Act, plan: WeekPlan) -> list[Visit]:
    chosen = {each.visit_id: each for each in plan.choices.filter(chosen=True, window_end__gt=act.now)}
    agents = {each.agent_id for each in chosen.values() if each.agent_id}
    departments = dict(Staff.objects.filter(pk__in=agents).values_list("pk", "department"))
    zone = hours_of(plan.rules).zone
    visits = list(
        Visit.objects.select_for_update(of=("self",))
        .filter(pk__any_of=list(chosen), state__in=PLANNABLE, again_asked=False, made_with=None)
        .select_related("customer")
        .order_by("pk")
    )
    for visit in visits:
        choice = chosen[visit.pk]
        visit.state, visit.plan, visit.agent_id = State.PLANNED, plan, choice.agent_id
        visit.window_start, visit.window_end = choice.window_start, choice.window_end
        visit.planned_on = choice.window_start.astimezone(zone).date() if choice.window_start else None
        visit.department_id = departments.get(choice.agent_id or 0) or visit.department_id
        visit.place_band = choice.band
    _write(visits)
    return visits


def _write(visits: Sequence[Visit]) -> None:
    """Their places, in one statement."""
    update_rows(Visit, {column: [getattr(visit, column) for visit in visits] for column in ("id", *PLACED)})
