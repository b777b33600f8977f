"""A plan that costs the customer money or takes long is agreed in writing before work starts (CAS-8)."""

from __future__ import annotations

from huiyin.cases.rules.conduct import Conduct
from huiyin.cases.rules.facts import CaseFacts, PlanFacts, Step
from huiyin.cases.rules.guards import Guard
from huiyin.cases.rules.kinds import IN_WRITING
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _


def needs_writing(plan: PlanFacts, conduct: Conduct) -> bool:
    """Whether this plan has to be agreed in writing."""
    return plan.cost >= conduct.written_from_cost or plan.days > conduct.written_over_days


def check(facts: CaseFacts, step: Step, conduct: Conduct) -> Message | None:
    """Objects to work without, and to confirmation other than, a written agreement."""
    if facts.plan is None or not needs_writing(facts.plan, conduct):
        return None
    if step.verb == "confirm" and step.values.get("way") not in IN_WRITING:
        return message(_("This plan costs money or takes long: the customer confirms it in writing."))
    if step.verb == "start" and not (facts.plan.confirmed and facts.plan.way in IN_WRITING):
        return message(
            _("The plan costs money or takes long: work starts once the customer has confirmed it in writing.")
        )
    return None


GUARD = Guard("written_before_costs", frozenset({"confirm", "start"}), check)
