"""The revisit is made by someone other than the person who handled the case (CAS-11)."""

from __future__ import annotations

from huiyin.cases.rules.conduct import Conduct
from huiyin.cases.rules.facts import CaseFacts, Step
from huiyin.cases.rules.guards import Guard
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _


def check(facts: CaseFacts, step: Step, _conduct: Conduct) -> Message | None:
    """Objects when the handler would check their own work."""
    if facts.handler_id is not None and step.actor_id == facts.handler_id:
        return message(_("You handled this case. Someone else makes the revisit."))
    return None


GUARD = Guard("revisit_by_another", frozenset({"record_revisit"}), check)
