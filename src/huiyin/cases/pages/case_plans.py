"""All versions of a case's plan, each with what it changed."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse

from huiyin.cases.models import Case
from huiyin.cases.queries.detail import case_seen_by
from huiyin.cases.queries.plans import ToldVersion, versions_told
from huiyin.foundation.pages import Request, page, show


@dataclass(frozen=True)
class PlansPage:
    """The versions, newest first."""

    case: Case
    versions: list[ToldVersion]


@page("cases/<int:case_id>/plans/", name="case-plans", needs="cases.see")
def case_plans(request: Request, case_id: int) -> HttpResponse:
    """Every version stays; each says what the customer reads differently."""
    case = case_seen_by(request.actor, case_id)
    return show(request, "cases/plans.html", PlansPage(case, versions_told(case)))
