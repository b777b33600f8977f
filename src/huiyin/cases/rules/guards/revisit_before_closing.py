"""A kind of case that is revisited closes after its revisit, not before (CAS-11)."""

from __future__ import annotations

from huiyin.cases.rules.conduct import Conduct
from huiyin.cases.rules.facts import CaseFacts, Step
from huiyin.cases.rules.guards import Guard
from huiyin.cases.rules.states import State
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _


def check(facts: CaseFacts, _step: Step, conduct: Conduct) -> Message | None:
    """Objects while the revisit is owed; a revisit that did not reach the customer counts as tried."""
    if facts.state == State.REVISIT and not facts.revisit:
        return message(_("The revisit is still to be made. Record its outcome first."))
    if facts.state == State.ACCEPTED and facts.kind in conduct.revisited_kinds:
        return message(_("This kind of case is revisited before it closes. Ask for the revisit first."))
    return None


GUARD = Guard("revisit_before_closing", frozenset({"close"}), check)
