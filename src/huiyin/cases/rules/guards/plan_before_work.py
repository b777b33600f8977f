"""Levels that are owed a plan are not started without one (SLA table)."""

from __future__ import annotations

from huiyin.cases.rules.conduct import Conduct
from huiyin.cases.rules.facts import CaseFacts, Step
from huiyin.cases.rules.guards import Guard
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _


def check(facts: CaseFacts, _step: Step, conduct: Conduct) -> Message | None:
    """Objects to starting an important case without a plan."""
    if facts.level in conduct.planned_levels and facts.plan is None:
        return message(_("A case of this level needs a plan before work starts."))
    return None


GUARD = Guard("plan_before_work", frozenset({"start"}), check)
