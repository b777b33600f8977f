"""Work is finished, and a case called off, when its spare parts are accounted for (CAS-9)."""

from __future__ import annotations

from huiyin.cases.rules.conduct import Conduct
from huiyin.cases.rules.facts import CaseFacts, Step
from huiyin.cases.rules.guards import Guard
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _


def check(facts: CaseFacts, _step: Step, _conduct: Conduct) -> Message | None:
    """Objects while parts are missing, reserved, or out and neither used nor given back."""
    if facts.open_parts:
        return message(
            _("%(count)d spare parts are not accounted for. Use, give back or release them first."),
            count=facts.open_parts,
        )
    return None


GUARD = Guard("parts_before_finish", frozenset({"finish", "cancel"}), check)
