"""Draws a week from what stands in the tables. Brings the solver along: import it only where a week is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.visits.models import PlanRules
from huiyin.visits.queries.facts import WEEK, PlanFacts, due_in, made_with_others, plan_facts
from huiyin.visits.queries.policies import hours_of, today_in
from huiyin.visits.queries.waiting import waiting_in
from huiyin.visits.rules.planning import Mode, Plan
from huiyin.visits.rules.planning.draw_plan import draw_plan
from huiyin.visits.rules.work_steps import Told, quietly


@dataclass(frozen=True)
class DrawnWeek:
    """A drawn week, how many candidates it was drawn from and how many sampled visits stay as they are.

    ``together`` are the visits that go with others into one call.
    """

    plan: Plan
    candidates: int
    kept: int
    together: list[int]


def draw_week(
    rules: PlanRules,
    monday: date,
    now: datetime,
    *,
    seed: int,
    mode: Mode,
    day_most: Mapping[date, int] | None = None,
    told: Told = quietly,
) -> DrawnWeek:
    """The plan of the week of ``monday``, not stored; ``day_most`` and ``told`` as for ``draw_plan``.

    Raises:
        Invalid: the week is over.
    """
    told("read")
    facts = plan_facts(rules, monday, now, mode)
    _check_ahead(rules, facts, now)
    waiting = due_in(rules, facts.week, now, mode, facts.stays)
    candidates = waiting_in(facts.week, waiting, now, keep_places=mode is Mode.REPLAN)
    plan = draw_plan(
        facts.policy,
        facts.week,
        candidates,
        facts.agents,
        seed=seed,
        kept=facts.kept,
        small_stores=facts.small_stores,
        day_most=day_most,
        told=told,
    )
    kept = sum(each.sampled for each in facts.kept)
    return DrawnWeek(plan, len(candidates), kept, made_with_others(rules, facts.week))


def _check_ahead(rules: PlanRules, facts: PlanFacts, now: datetime) -> None:
    today = today_in(hours_of(rules), now)
    begun = bool(facts.week.working_days) and facts.week.monday <= today
    if (begun and not facts.week.windows) or today >= facts.week.monday + WEEK:
        raise Invalid(message(_("No call window of this week lies ahead any more; plan the next week.")))
