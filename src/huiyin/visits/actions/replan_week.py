"""Plans a running week again when somebody is ill, a day overflows or urgent visits come in (VIS-18)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.visits.actions.plan_week import keep_draft
from huiyin.visits.models import PlanState, WeekPlan
from huiyin.visits.rules.planning import Mode
from huiyin.visits.rules.work_steps import Told, quietly


@action("visits.replan_week", needs="visits.plan")
def replan_week(
    act: Act, monday: date, *, day_most: Mapping[date, int] | None = None, told: Told = quietly
) -> WeekPlan:
    """Draws the rest of a published week as a draft that changes as little as possible; ``moved`` says how much.

    What is done, begun or called stays. Everybody else in the plan stays in it, and where they are, as far as hard
    rules allow; new visits only fill what is open. It is the published plan's draw, so it keeps its seed. Days
    of ``day_most`` that overflow hold no more than so many. ``told`` hears which step begins.

    Raises:
        Conflict: the week has no published plan.
        Invalid: the week is over.
    """
    published = WeekPlan.objects.filter(monday=monday, state=PlanState.PUBLISHED).first()
    if published is None:
        raise Conflict(message(_("This week has no published plan yet; draw it first.")))
    return keep_draft(act, monday, seed=published.seed, mode=Mode.REPLAN, day_most=day_most, told=told)
