"""A case closes only with the customer's verdict or after documented tries to reach the customer (CAS-11)."""

from __future__ import annotations

from huiyin.cases.rules.conduct import Conduct
from huiyin.cases.rules.ends import end_of
from huiyin.cases.rules.facts import CaseFacts, Step
from huiyin.cases.rules.guards import Guard
from huiyin.cases.rules.states import State
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _


def check(facts: CaseFacts, step: Step, conduct: Conduct) -> Message | None:
    """Objects to closing without a verdict while the customer may still be reached."""
    if step.target != State.CLOSED or end_of(facts, conduct):
        return None
    return message(
        _(
            "A case closes with the customer's verdict, or after %(attempts)d attempts on %(days)d different days "
            "and by %(ways)d ways to reach the customer. %(made)d attempts are on record."
        ),
        attempts=conduct.unreachable_attempts,
        days=conduct.unreachable_days,
        ways=conduct.unreachable_ways,
        made=len(facts.unreached),
    )


GUARD = Guard("verdict_before_closing", frozenset({"close", "record_revisit"}), check)
