"""A week as it stands, for moving single visits: who holds which place, and what the rules say of another one."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet

from huiyin.visits.models import PlanState, Visit, WeekPlan
from huiyin.visits.queries.facts import WEEK, agents_of, candidates_from
from huiyin.visits.queries.hours import plan_week_of
from huiyin.visits.queries.policies import agents, hours_of
from huiyin.visits.rules.lifecycle import FAILED, State
from huiyin.visits.rules.planning.moving import Held, Moving, WeekStands
from huiyin.visits.rules.planning.quota import day_shares

GONE = (State.CANCELLED, State.LAPSED)


def stands(plan: WeekPlan, now: datetime) -> WeekStands:
    """The plan's week: a draft with what it will leave as it is, a published one as people see it."""
    week = plan_week_of(plan.rules, plan.monday, now)
    return WeekStands(
        policy=plan.rules.plan_policy,
        week=week,
        agents={agent.id: agent for agent in agents_of(week)},
        held=_held(plan),
        share=max(day_shares(plan.target, week.working_days).values(), default=0),
        names=dict(agents()),
    )


def moving(plan: WeekPlan, visit_id: int, now: datetime) -> Moving:
    """One visit on its way to another place of the plan's week."""
    standing = stands(plan, now)
    (candidate,) = candidates_from(standing.week, Visit.objects.filter(pk=visit_id), now)
    return Moving(standing, candidate)


def of_week(monday: date) -> QuerySet[Visit]:
    """The visits that stand in a week, done and failed ones too."""
    return Visit.objects.filter(planned_on__gte=monday, planned_on__lt=monday + WEEK).exclude(state__in=GONE)


def staying(plan: WeekPlan) -> QuerySet[Visit]:
    """What the plan's week holds beside what the plan places: all of it once the plan is published."""
    there = of_week(plan.monday)
    return there if plan.state != PlanState.DRAFT else there.exclude(pk__in=plan.choices.values("visit"))


def _held(plan: WeekPlan) -> list[Held]:
    there = staying(plan).exclude(state__in=FAILED).values_list("pk", "agent_id", "planned_on", "window_end", "sampled")
    held = [Held(pk, agent, day, end, sampled) for pk, agent, day, end, sampled in there if agent and day]
    if plan.state == PlanState.DRAFT:
        zone = hours_of(plan.rules).zone
        placed = plan.choices.filter(chosen=True).values_list("visit_id", "agent_id", "window_end", "visit__sampled")
        held += [
            Held(visit, agent, end.astimezone(zone).date(), end, sampled)
            for visit, agent, end, sampled in placed
            if agent and end
        ]
    return held
