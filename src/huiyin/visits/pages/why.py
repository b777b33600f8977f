"""Why this visit is in the plan, or why it is not."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse

from huiyin.foundation.pages import Request, page, show
from huiyin.visits.models import WeekPlan
from huiyin.visits.queries.choices import Why, why_of
from huiyin.visits.queries.plans import plan_called


@dataclass(frozen=True)
class WhyPage:
    """One candidate with its reasons."""

    plan: WeekPlan
    why: Why


@page("plan/<int:plan_id>/visits/<int:visit_id>/", name="plan-why", needs="visits.see_plan")
def why(request: Request, plan_id: int, visit_id: int) -> HttpResponse:
    """The reasons of one choice, in sentences."""
    plan = plan_called(plan_id)
    return show(request, "visits/why.html", WhyPage(plan, why_of(plan, request.actor, visit_id)))
