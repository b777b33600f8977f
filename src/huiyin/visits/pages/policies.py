"""Visit policies, the plan's numbers and scripts, with their versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils import timezone

from huiyin.contact_ledger.public import ContactNumbers, Way
from huiyin.contact_ledger.public import rules_at as contact_rules_at
from huiyin.foundation import clock
from huiyin.foundation.pages import Request, page, show
from huiyin.kernel.windows import CallWindow
from huiyin.visits.models import PlanRules, Script, VisitPolicy
from huiyin.visits.queries.policies import all_policies, all_rules, all_scripts, policies_in_force
from huiyin.visits.rules.planning import PlanPolicy


@dataclass(frozen=True)
class PoliciesPage:
    """What is in force today, and every version."""

    in_force: tuple[VisitPolicy, ...]
    versions: list[VisitPolicy]
    rules: list[PlanRules]
    numbers: PlanPolicy | None
    contact: ContactNumbers
    windows: Sequence[CallWindow]
    scripts: list[Script]


@page("visits/policies/", name="visit-policies", needs="visits.see_policies")
def policies(request: Request) -> HttpResponse:
    """Which kinds of visits there are and by which numbers weeks are planned."""
    rules, contact = all_rules(), contact_rules_at(clock.now())[0].contact_numbers
    context = PoliciesPage(
        in_force=policies_in_force(timezone.localdate(clock.now())),
        versions=all_policies(),
        rules=rules,
        numbers=rules[0].plan_policy if rules else None,
        contact=contact,
        windows=contact.windows.get(Way.PHONE, ()),
        scripts=all_scripts(),
    )
    english = request.actor.language.startswith("en")
    return show(request, "visits/policies.html", context, english=english)
