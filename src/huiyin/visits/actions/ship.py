"""Puts the shipped policies, plan numbers and scripts in place."""

from __future__ import annotations

from datetime import date

from huiyin.foundation.actions import Act, action
from huiyin.visits.models import PlanRules, Script, VisitPolicy
from huiyin.visits.rules.planning import PlanPolicy, policy_to
from huiyin.visits.shipped.policies import POLICIES
from huiyin.visits.shipped.scripts import SCRIPTS

ALWAYS = date(2000, 1, 1)


@action("visits.ship")
def ship(act: Act) -> int:
    """Adds what is not there yet, by code; returns how much. Safe to repeat; never touches what a company changed."""
    added = sum(_add(act, VisitPolicy, policy) for policy in POLICIES)
    added += sum(_add(act, Script, script) for script in SCRIPTS)
    rules, made = PlanRules.objects.get_or_create(
        version=1, defaults={"effective_from": ALWAYS, "plan": policy_to(PlanPolicy())}
    )
    if made:
        act.record(rules)
    return added + made


def _add(act: Act, model: type[VisitPolicy | Script], data: dict[str, object]) -> bool:
    row, made = model.objects.get_or_create(code=data["code"], version=1, defaults={**data, "effective_from": ALWAYS})
    if made:
        act.record(row)
    return made
