"""Why this visit, why not that one (VIS-16)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from huiyin.customers.public import Customer
from huiyin.foundation.forms import say
from huiyin.kernel.actor import Actor
from huiyin.kernel.refusal import NotFound
from huiyin.visits.models import PlanChoice, Visit, WeekPlan
from huiyin.visits.queries.plans import zone_of
from huiyin.visits.queries.policies import under_policy
from huiyin.visits.queries.together import others_with
from huiyin.visits.rules.planning.reasons import Chosen, why_chosen, why_passed

FOUND = 30


@dataclass(frozen=True)
class Why:
    """One candidate of a plan with the sentences that explain it."""

    choice: PlanChoice
    sentences: tuple[str, ...]


def explained(plan: WeekPlan, choice: PlanChoice) -> Why:
    """The choice in words of the reader's language."""
    others = _in_one_call(choice.visit)
    if not choice.chosen:
        last = plan.last_drawn.get(choice.visit.band, 0)
        return Why(choice, (say(why_passed(choice.code, choice.place, last)), *others))
    because = (say(why_chosen(code, _readable(params))) for code, params in choice.because)
    return Why(choice, (*because, *others))


def _in_one_call(visit: Visit) -> list[str]:
    """With which kinds the visit is made in one call, as a sentence; none where it is made alone."""
    leader = visit.made_with or visit
    kinds = [each.policy.name for each in (under_policy(leader), *others_with(leader)) if each.pk != visit.pk]
    return [say(why_chosen(Chosen.TOGETHER, {"kinds": "、".join(kinds)}))] if kinds else []


def _readable(params: dict[str, object]) -> dict[str, object]:
    due = params.get("due")
    if isinstance(due, str):
        moment = timezone.localtime(datetime.fromisoformat(due))
        return {**params, "due": date_format(moment, "Y-m-d H:i")}
    return params


def choices_seen(plan: WeekPlan, actor: Actor) -> QuerySet[PlanChoice]:
    """The plan's candidates within the actor's area."""
    seen = Visit.objects.visible_to(actor)
    return plan.choices.filter(visit__in=seen).select_related(
        "visit__customer", "visit__store", "visit__policy", "agent"
    )


def day_of_agent(plan: WeekPlan, actor: Actor, day: date, agent_id: int | None) -> list[PlanChoice]:
    """The visits of a day (of one agent), by window."""
    zone = zone_of(plan)
    start = datetime.combine(day, datetime.min.time(), zone)
    end = datetime.combine(day, datetime.max.time(), zone)
    chosen = choices_seen(plan, actor).filter(chosen=True, window_start__gte=start, window_start__lte=end)
    if agent_id:
        chosen = chosen.filter(agent=agent_id)
    return list(chosen.order_by("window_start", "agent__name", "visit_id"))


def search_choices(plan: WeekPlan, actor: Actor, text: str) -> list[Why]:
    """Candidates of the plan whose customer's number or name begins with ``text``."""
    found = Customer.objects.visible_to(actor).filter(Q(number__istartswith=text) | Q(name__startswith=text))
    rows = choices_seen(plan, actor).filter(visit__customer__in=found.values("pk")).order_by("-chosen", "visit_id")
    return [explained(plan, choice) for choice in rows[:FOUND]]


def why_of(plan: WeekPlan, actor: Actor, visit_id: int) -> Why:
    """Why one visit was chosen or not.

    Raises:
        NotFound: it was no candidate of the plan, or lies outside the actor's area.
    """
    choice = choices_seen(plan, actor).filter(visit=visit_id).first()
    if choice is None:
        raise NotFound
    return explained(plan, choice)
