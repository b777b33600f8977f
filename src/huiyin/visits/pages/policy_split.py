"""Two versions of a script tried side by side: what each brought, and by how much they differ (VIS-21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse

from huiyin.foundation import clock
from huiyin.foundation.pages import Request, page, show
from huiyin.visits.actions.save_policy import CHANGE
from huiyin.visits.models import VisitPolicy
from huiyin.visits.queries.policies import company_today
from huiyin.visits.queries.policy_contents import newest_of, policy_versions
from huiyin.visits.queries.script_splits import SplitResults, splits_of


@dataclass(frozen=True)
class SplitPage:
    """Every test of a kind of visit, newest first."""

    policy: VisitPolicy
    tests: list[SplitResults]
    today: date
    may_change: bool


@page("visits/policies/kind/<slug:code>/split/", name="visit-policy-split", needs="visits.see_policies")
def split_results(request: Request, code: str) -> HttpResponse:
    """What visits brought under two versions of their script."""
    policy, today = newest_of(code), company_today(clock.now())
    tests = splits_of([version.row for version in policy_versions(code, today)], today)
    context = SplitPage(policy, tests, today, request.actor.may(CHANGE))
    return show(request, "visits/policy_split.html", context)
