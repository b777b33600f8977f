"""Puts the shipped policies, plan numbers and scripts in place."""

from __future__ import annotations

from datetime import date

from huiyin.foundation.actions import Act, action
from huiyin.visits.models import PlanRules, Script, SubResult, VisitPolicy
from huiyin.visits.rules.planning import PlanPolicy, policy_to
from huiyin.visits.shipped.policies import POLICIES
from huiyin.visits.shipped.scripts import SCRIPTS
from huiyin.visits.shipped.sub_results import SUB_RESULTS

ALWAYS = date(2000, 1, 1)


@action("visits.ship")
def ship(act: Act) -> int:
    """Adds what is not there yet, by code; returns how much. Safe to repeat; never touches what a company changed."""
    added = sum(_add(act, VisitPolicy, policy) for policy in POLICIES)
    added += sum(_add(act, Script, script) for script in SCRIPTS)
    added += _add_sub_results(act)
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


def _add_sub_results(act: Act) -> int:
    """The list every company starts with, unless it has one."""
    if SubResult.objects.exists():
        return 0
    for place, (result, code, name_zh, name_en) in enumerate(SUB_RESULTS):
        values = {"result": result, "name_zh": name_zh, "name_en": name_en, "place": place}
        act.record(SubResult.objects.create(code=code, **values))
    return len(SUB_RESULTS)
