"""Visit policies, the plan's numbers and scripts: what is in force, and the ways to change it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse

from huiyin.contact_ledger.public import ContactNumbers, Way
from huiyin.contact_ledger.public import rules_at as contact_rules_at
from huiyin.foundation import clock
from huiyin.foundation.pages import Request, page, show
from huiyin.visits.actions.save_policy import CHANGE
from huiyin.visits.models import PlanRules, Script
from huiyin.visits.pages.numbers_words import WindowWords, windows_in_words
from huiyin.visits.queries.policies import company_today
from huiyin.visits.queries.policy_contents import KindRow, kinds_on, newest_scripts, rules_on
from huiyin.visits.rules.planning import PlanPolicy


@dataclass(frozen=True)
class PoliciesPage:
    """What is in force today; of scripts the newest version."""

    kinds: list[KindRow]
    rules: PlanRules | None
    numbers: PlanPolicy | None
    contact: ContactNumbers
    windows: list[WindowWords]
    scripts: list[Script]
    may_change: bool
    may_change_contact: bool


@page("visits/policies/", name="visit-policies", needs="visits.see_policies")
def policies(request: Request) -> HttpResponse:
    """Which kinds of visits there are and by which numbers weeks are planned."""
    now = clock.now()
    today = company_today(now)
    rules, contact = rules_on(today), contact_rules_at(now)[0].contact_numbers
    context = PoliciesPage(
        kinds=kinds_on(today),
        rules=rules,
        numbers=rules.plan_policy if rules else None,
        contact=contact,
        windows=windows_in_words(contact.windows.get(Way.PHONE, ())),
        scripts=newest_scripts(),
        may_change=request.actor.may(CHANGE),
        may_change_contact=request.actor.may("contacts.change"),
    )
    return show(request, "visits/policies.html", context)
