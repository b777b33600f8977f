"""Moves one visit to another day, window or person, on the draft or on the published plan (VIS-16)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, NotFound
from huiyin.kernel.windows import OpenWindow
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.organisation.public import Staff
from huiyin.visits.actions.holding import hold_places, join_week
from huiyin.visits.actions.promising import promise_calls
from huiyin.visits.actions.telling_case import tell_who_revisits
from huiyin.visits.models import PlanChoice, PlanState, Visit, WeekPlan
from huiyin.visits.queries.policies import hours_of
from huiyin.visits.queries.standing import moving
from huiyin.visits.rules.lifecycle import State
from huiyin.visits.rules.planning.moving import Verdict
from huiyin.visits.rules.planning.reasons import GAVE_WAY, Chosen, gave_way


@dataclass(frozen=True)
class Spot:
    """A place of the week: whose, in the call window that ends at ``end`` (aware)."""

    agent: int
    end: datetime


@action("visits.move", needs="visits.plan")
def move_visit(act: Act, plan_id: int, visit_id: int, *, to: Spot, seen: Spot) -> Visit:
    """Moves a visit from where the person saw it (``seen``) to another place of the plan's week.

    On a draft only the draft changes; on the published plan the visit moves, and with it the promise of its call.
    Moving it to where it stands already changes nothing. Of two who move the same visit the second one is told.

    Raises:
        Conflict: a hard rule forbids the place, the visit was moved, begun or ended meanwhile, or the week is being
            planned right now.
        NotFound: there is no such plan, or the visit lies outside the person's area.
    """
    plan = _joined(plan_id)
    visit = act.lock(Visit.objects.visible_to(act.actor), visit_id)
    choice = plan.choices.select_for_update().filter(visit=visit).first()
    stood = _stood(plan, visit, choice)
    if stood == to:
        return visit
    if stood != seen:
        raise Conflict(_moved_meanwhile(stood))
    if plan.state == PlanState.PUBLISHED:
        visit.agent_id = to.agent
        tell_who_revisits(act, visit)  # locks the case, which must come before the places
    hold_places(plan.monday)
    way = moving(plan, visit.pk, act.now)
    verdict = way.to(to.agent, to.end)
    if verdict.refused:
        raise Conflict(verdict.refused[0])
    window = way.window_ending(to.end)
    _keep_choice(act, choice or PlanChoice(plan=plan, visit=visit, band=visit.place_band), window, to.agent, verdict)
    if plan.state == PlanState.PUBLISHED:
        _move(act, plan, visit, window)
    relaxed = [each.text for each in verdict.relaxed]
    act.record(
        visit, customer_id=visit.customer_id, plan=plan.pk, before=_said(stood), after=_said(to), relaxed=relaxed
    )
    return visit


def _joined(plan_id: int) -> WeekPlan:
    monday = WeekPlan.objects.filter(pk=plan_id).values_list("monday", flat=True).first()
    if monday is None:
        raise NotFound
    join_week(monday)
    plan = WeekPlan.objects.select_related("rules").filter(pk=plan_id).first()
    if plan is None or plan.state == PlanState.SUPERSEDED:
        raise Conflict(message(_("A newer plan of this week has been drawn or published; look at that one.")))
    return plan


def _stood(plan: WeekPlan, visit: Visit, choice: PlanChoice | None) -> Spot:
    """Where it stands now; refuses what must not be moved at all."""
    if visit.state == State.IN_PROGRESS and visit.started_by:
        raise Conflict(message(_("%(name)s has already taken this visit."), name=visit.started_by.name))
    if not visit.is_open:
        raise Conflict(message(_("This visit has ended; it stays where it is.")))
    if visit.again_asked:
        raise Conflict(message(_("The customer named the time of this visit; it stays.")))
    if plan.state == PlanState.DRAFT:
        if choice is None or not choice.chosen:
            raise Conflict(message(_("This draft leaves the visit as it is.")))
        return _spot(choice.agent_id, choice.window_end)
    if visit.state != State.PLANNED:
        raise Conflict(message(_("This visit is not in the plan any more.")))
    return _spot(visit.agent_id, visit.window_end)


def _spot(agent: int | None, end: datetime | None) -> Spot:
    if agent is None or end is None:
        raise Conflict(message(_("This visit has no call window yet; hand it over on its day's page.")))
    return Spot(agent, end)


def _moved_meanwhile(stands: Spot) -> Message:
    name = Staff.objects.filter(pk=stands.agent or 0).values_list("name", flat=True).first() or "—"
    return message(_("Somebody else moved this visit meanwhile: it is with %(name)s now. Look again."), name=name)


def _keep_choice(act: Act, choice: PlanChoice, window: OpenWindow, agent: int, verdict: Verdict) -> None:
    """Writes the place and its reasons into the plan: who moved it, and what gave way."""
    if not choice.chosen or not choice.pk:
        choice.chosen, choice.code, choice.because = True, Chosen.BY_HAND, []
    kept = [each for each in choice.because if each[0] not in (Chosen.BY_HAND, Chosen.STAYS, GAVE_WAY)]
    choice.because = [*kept, (Chosen.BY_HAND, {"name": act.actor.name}), *map(gave_way, verdict.relaxed)]
    choice.by_hand, choice.agent_id = True, agent
    choice.window_start, choice.window_end = window.start, window.end
    choice.save()


def _move(act: Act, plan: WeekPlan, visit: Visit, window: OpenWindow) -> None:
    """Moves the visit that people see, and the promise of its call."""
    zone = hours_of(plan.rules).zone
    department = Staff.objects.filter(pk=visit.agent_id or 0).values_list("department", flat=True).first()
    visit.window_start, visit.window_end = window.start, window.end
    visit.planned_on = window.start.astimezone(zone).date()
    visit.department_id = department or visit.department_id
    visit.save(update_fields=["agent", "window_start", "window_end", "planned_on", "department"])
    promise_calls(act, [visit], calendar=plan.rules.calendar)


def _said(spot: Spot) -> list[int | str]:
    return [spot.agent, spot.end.isoformat()]
