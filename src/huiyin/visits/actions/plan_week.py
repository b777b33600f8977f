"""Draws the plan of a week as a draft; nothing changes for anybody until it is published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import connection

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.visits.models import PlanChoice, PlanRules, PlanState, WeekPlan
from huiyin.visits.queries.facts import plan_facts
from huiyin.visits.queries.policies import rules_in_force
from huiyin.visits.rules.planning import Assignment, NotChosen, Plan, draw_plan
from huiyin.visits.rules.weeks import monday_of

BATCH = 2000
LOCK = 0x76697369  # one advisory lock space for plans, keyed by week


@action("visits.plan_week", needs="visits.plan")
def plan_week(act: Act, monday: date, *, seed: int, fill_up: bool = False) -> WeekPlan:
    """Draws the week of ``monday`` with ``seed`` and keeps it as the week's only draft.

    ``fill_up`` keeps what a published plan of the week already holds and only adds; otherwise the week is drawn anew.
    Two people who draw at once do it one after the other; the later draft stands.

    Raises:
        Invalid: ``monday`` is not a Monday, or the week is over.
        NotFound: there are no plan rules.
    """
    if monday != monday_of(monday):
        raise Invalid(message(_("A week starts on Monday; %(day)s is none."), day=monday.isoformat()))
    _one_at_a_time(monday)
    rules = rules_in_force(monday)
    facts = plan_facts(rules, monday, act.now, keep_planned=fill_up)
    if facts.week.working_days and not facts.week.windows:
        raise Invalid(message(_("No call window of this week lies ahead any more; plan the next week.")))
    plan = draw_plan(
        facts.policy,
        facts.week,
        facts.candidates,
        facts.agents,
        seed=seed,
        kept=facts.kept,
        small_stores=facts.small_stores,
    )
    WeekPlan.objects.filter(monday=monday, state=PlanState.DRAFT).delete()
    row = WeekPlan.objects.create(
        **_summary(plan, rules, kept=sum(each.sampled for each in facts.kept), candidates=len(facts.candidates)),
        drawn_at=act.now,
        drawn_by_id=act.actor.id,
    )
    PlanChoice.objects.bulk_create(_choices(row, plan), batch_size=BATCH)
    act.record(row, seed=seed, week=monday.isoformat(), chosen=row.chosen)
    return row


def _one_at_a_time(monday: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, monday.toordinal()])


def _summary(plan: Plan, rules: PlanRules, *, kept: int, candidates: int) -> dict[str, Any]:
    return {
        "monday": plan.monday,
        "seed": plan.seed,
        "rules": rules,
        "turn": plan.turn,
        "target": plan.target,
        "kept": kept,
        "chosen": len(plan.assignments),
        "candidates": candidates,
        "band_targets": dict(plan.band_targets),
        "relaxations": [{"code": each.code, "params": dict(each.params)} for each in plan.relaxations],
        "strata": [asdict(stratum) for stratum in plan.strata],
        "passed": dict(Counter(str(each.code) for each in plan.not_chosen)),
    }


def _choices(row: WeekPlan, plan: Plan) -> list[PlanChoice]:
    return [*(_chosen(row, each) for each in plan.assignments), *(_passed(row, each) for each in plan.not_chosen)]


def _chosen(row: WeekPlan, each: Assignment) -> PlanChoice:
    because: list[tuple[str, Mapping[str, object]]] = [(str(code), dict(params)) for code, params in each.because]
    return PlanChoice(
        plan=row,
        visit_id=each.candidate,
        chosen=True,
        code=because[0][0],
        agent_id=each.agent,
        window_start=each.window.start,
        window_end=each.window.end,
        band=each.band,
        because=because,
    )


def _passed(row: WeekPlan, each: NotChosen) -> PlanChoice:
    return PlanChoice(plan=row, visit_id=each.candidate, chosen=False, code=str(each.code), place=each.place)
