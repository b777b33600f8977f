"""Draws the plan of a week as a draft; nothing changes for anybody until it is published."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any

from huiyin.foundation.actions import Act, action
from huiyin.foundation.copying import copy_rows
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.visits.actions.holding import hold_week
from huiyin.visits.models import PlanChoice, PlanRules, PlanState, Visit, WeekPlan
from huiyin.visits.queries.policies import rules_in_force
from huiyin.visits.rules.lifecycle import State
from huiyin.visits.rules.planning import Assignment, Mode, NotChosen, Plan
from huiyin.visits.rules.planning.reasons import Passed
from huiyin.visits.rules.weeks import monday_of
from huiyin.visits.rules.work_steps import Told, quietly

COLUMNS = (
    "plan_id",
    "visit_id",
    "chosen",
    "code",
    "place",
    "agent_id",
    "window_start",
    "window_end",
    "band",
    "because",
    "was_agent_id",
    "was_start",
    "was_end",
)
Place = tuple[int | None, datetime | None, datetime | None]
NOWHERE: Place = (None, None, None)


@action("visits.plan_week", needs="visits.plan")
def plan_week(act: Act, monday: date, *, seed: int, fill_up: bool = False, told: Told = quietly) -> WeekPlan:
    """Draws the week of ``monday`` with ``seed`` and keeps it as the week's only draft.

    ``fill_up`` keeps what a published plan of the week already holds and only adds; otherwise the week is drawn anew.
    Two people who draw at once do it one after the other; the later draft stands. ``told`` hears which step begins.

    Raises:
        Invalid: ``monday`` is not a Monday, or the week is over.
        NotFound: there are no plan rules.
    """
    return keep_draft(act, monday, seed=seed, mode=Mode.FILL_UP if fill_up else Mode.ANEW, told=told)


def keep_draft(
    act: Act,
    monday: date,
    *,
    seed: int,
    mode: Mode,
    day_most: Mapping[date, int] | None = None,
    told: Told = quietly,
) -> WeekPlan:
    """Draws a week and stores it in place of the week's draft; days of ``day_most`` hold no more than so many."""
    from huiyin.visits.queries.drawing import draw_week  # noqa: PLC0415 - brings the solver, which only drawing needs

    check_monday(monday)
    hold_week(monday)
    rules = rules_in_force(monday)
    drawn = draw_week(rules, monday, act.now, seed=seed, mode=mode, day_most=day_most, told=told)
    WeekPlan.objects.filter(monday=monday, state=PlanState.DRAFT).delete()
    summary = _summary(drawn.plan, rules, len(drawn.together))
    summary["relaxations"] += [
        {"code": "day_limited", "params": {"day": day.isoformat(), "most": most}}
        for day, most in (day_most or {}).items()
    ]
    row = WeekPlan.objects.create(
        **summary,
        mode=mode,
        kept=drawn.kept,
        candidates=drawn.candidates,
        drawn_at=act.now,
        drawn_by_id=act.actor.id,
    )
    along = [NotChosen(visit, Passed.TOGETHER) for visit in drawn.together]
    copy_rows(PlanChoice, COLUMNS, _choices(row.pk, drawn.plan, _standing(monday), along))
    act.record(row, seed=seed, week=monday.isoformat(), chosen=row.chosen)
    return row


def check_monday(monday: date) -> None:
    """Refuses a day on which no week begins.

    Raises:
        Invalid: it is no Monday.
    """
    if monday != monday_of(monday):
        raise Invalid(message(_("A week starts on Monday; %(day)s is none."), day=monday.isoformat()))


def _summary(plan: Plan, rules: PlanRules, together: int) -> dict[str, Any]:
    return {
        "monday": plan.monday,
        "seed": plan.seed,
        "rules": rules,
        "turn": plan.turn,
        "target": plan.target,
        "chosen": len(plan.assignments),
        "band_targets": dict(plan.band_targets),
        "relaxations": [{"code": each.code, "params": dict(each.params)} for each in plan.relaxations],
        "strata": [asdict(stratum) for stratum in plan.strata],
        "passed": {**plan.passed, **({Passed.TOGETHER.value: together} if together else {})},
        "steps": [{**asdict(step), "gap": step.gap} for step in plan.steps],
        "last_drawn": dict(plan.last_drawn),
        "moved": plan.moved,
    }


def _standing(monday: date) -> dict[int, Place]:
    """Where the visits of the week stand in the plan that people see."""
    of_week = Visit.objects.filter(
        state=State.PLANNED, planned_on__gte=monday, planned_on__lt=monday + timedelta(days=7)
    )
    rows = of_week.values_list("pk", "agent", "window_start", "window_end")
    return {pk: (agent, start, end) for pk, agent, start, end in rows}


def _choices(
    plan_id: int, plan: Plan, standing: dict[int, Place], along: Sequence[NotChosen]
) -> Iterator[tuple[Any, ...]]:
    for chosen in plan.assignments:
        yield plan_id, *_chosen(chosen), *standing.get(chosen.candidate, NOWHERE)
    for passed in chain(plan.not_chosen, along):
        yield plan_id, *_passed(passed), *standing.get(passed.candidate, NOWHERE)


def _chosen(each: Assignment) -> tuple[Any, ...]:
    because = json.dumps([(code, dict(params)) for code, params in each.because])
    window = (each.window.start, each.window.end)
    return each.candidate, True, str(each.because[0][0]), 0, each.agent, *window, each.band, because


def _passed(each: NotChosen) -> tuple[Any, ...]:
    return each.candidate, False, str(each.code), each.place, None, None, None, "", "[]"
