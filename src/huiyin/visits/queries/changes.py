"""What a draft would change in the plan that people see, and why a published week needs planning again (VIS-18)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q
from django.utils.translation import gettext, ngettext

from huiyin.kernel.actor import Actor
from huiyin.visits.models import PlanChoice, Visit, WeekPlan
from huiyin.visits.queries.facts import WEEK
from huiyin.visits.queries.policies import hours_of
from huiyin.visits.queries.standing import of_week, stands
from huiyin.visits.rules.lifecycle import State

SHOWN = 60


@dataclass(frozen=True)
class Changes:
    """What publishing a draft would change: visits that move (the first of them shown), leave the plan, come in."""

    moved: int
    dropped: int
    added: int
    stays: int
    kept: int
    shown: list[PlanChoice]

    @property
    def more(self) -> int:
        """How many moved or dropped ones are not shown."""
        return self.moved + self.dropped - len(self.shown)


def changes_of(draft: WeekPlan, actor: Actor) -> Changes:
    """The differences between a draft and what people see now; customers outside the actor's area have no name."""
    rows = draft.choices.filter(Q(chosen=True) | Q(was_end__isnull=False))
    stood = rows.filter(was_end__isnull=False)
    same = Q(chosen=True, was_end=F("window_end"), was_agent=F("agent"))
    moved, dropped = stood.filter(chosen=True).exclude(same), stood.filter(chosen=False)
    seen = Visit.objects.visible_to(actor)
    shown = (
        stood.exclude(same)
        .filter(visit__in=seen)
        .select_related("visit__customer", "agent", "was_agent")
        .order_by("was_agent__name", "was_start", "visit_id")
    )
    return Changes(
        moved=moved.count(),
        dropped=dropped.count(),
        added=rows.filter(chosen=True, was_end__isnull=True).count(),
        stays=stood.filter(same).count(),
        kept=draft.kept,
        shown=list(shown[:SHOWN]),
    )


def why_again(plan: WeekPlan, now: datetime) -> list[str]:
    """Why a published week should be planned again, in the reader's words; nothing when it goes as planned."""
    standing = stands(plan, now)
    ahead = {window.end: window for window in standing.week.windows}
    planned = set(of_week(plan.monday).filter(state=State.PLANNED, again_asked=False).values_list("pk", flat=True))
    held = [each for each in standing.held if each.visit in planned]
    away: Counter[str] = Counter()
    for each in held:
        person = standing.agents.get(each.agent)
        if each.end in ahead and (person is None or not person.works_in(ahead[each.end])):
            away[standing.names.get(each.agent, "—")] += 1
    passed = sum(each.end is not None and each.end <= now for each in held)
    full = Counter((each.agent, each.day) for each in standing.held)
    over = sum(
        max(count - standing.agents[agent].a_day, 0)
        for (agent, _day), count in full.items()
        if agent in standing.agents
    )
    waiting = _waiting(plan)
    return [
        *(
            ngettext("%(name)s is away and has %(count)s visit.", "%(name)s is away and has %(count)s visits.", count)
            % {"name": name, "count": count}
            for name, count in sorted(away.items())
        ),
        *([gettext("Left over from windows that have passed: %(count)s.") % {"count": passed}] if passed else []),
        *([gettext("More visits than the people make a day: %(count)s.") % {"count": over}] if over else []),
        *([gettext("Urgent visits without a place: %(count)s.") % {"count": waiting}] if waiting else []),
    ]


def _waiting(plan: WeekPlan) -> int:
    """Owed visits that fall due before the week ends and have no place."""
    ends = datetime.combine(plan.monday + WEEK, datetime.min.time(), hours_of(plan.rules).zone)
    return Visit.objects.filter(state=State.DUE, sampled=False, due_from__lt=ends).count()
