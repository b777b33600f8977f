"""Work is finished when its tasks are (CAS-9)."""

from __future__ import annotations

from huiyin.cases.rules.conduct import Conduct
from huiyin.cases.rules.facts import CaseFacts, Step
from huiyin.cases.rules.guards import Guard
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _


def check(facts: CaseFacts, _step: Step, _conduct: Conduct) -> Message | None:
    """Objects while tasks are open."""
    if facts.open_tasks:
        return message(_("%(count)d tasks are still open. Finish or drop them first."), count=facts.open_tasks)
    return None


GUARD = Guard("tasks_before_finish", frozenset({"finish"}), check)
