"""Only the present plan can be confirmed, and only after the customer has heard of it (CAS-8)."""

from __future__ import annotations

from huiyin.cases.rules.conduct import Conduct
from huiyin.cases.rules.facts import CaseFacts, Step
from huiyin.cases.rules.guards import Guard
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _


def check(facts: CaseFacts, step: Step, _conduct: Conduct) -> Message | None:
    """Objects to an answer to a plan that has changed since."""
    if facts.plan is None:
        return message(_("There is no plan yet."))
    asked = step.values.get("version")
    if asked and int(asked) != facts.plan.version:
        return message(_("The plan has changed since you saw it. Please read the new one below."))
    return None


GUARD = Guard("plan_before_sending", frozenset({"send_plan", "confirm", "decline"}), check)
