"""A case closes only with the customer's verdict or after documented tries to reach the customer (CAS-11)."""

from __future__ import annotations

from huiyin.cases.rules.conduct import Conduct
from huiyin.cases.rules.facts import CaseFacts, Step
from huiyin.cases.rules.guards import Guard
from huiyin.cases.rules.states import State
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

CONTENT = frozenset({"satisfied", "mostly"})


def unreachable(facts: CaseFacts, conduct: Conduct) -> bool:
    """Whether enough attempts on enough different days stand in the record."""
    days = facts.unreached
    return len(days) >= conduct.unreachable_attempts and len(set(days)) >= conduct.unreachable_days


def check(facts: CaseFacts, step: Step, conduct: Conduct) -> Message | None:
    """Objects to closing without a verdict while the customer may still be reached."""
    if step.target != State.CLOSED or facts.verdict in CONTENT or unreachable(facts, conduct):
        return None
    return message(
        _(
            "A case closes with the customer's verdict, or after %(attempts)d attempts on %(days)d different days "
            "to reach the customer. %(made)d attempts are on record."
        ),
        attempts=conduct.unreachable_attempts,
        days=conduct.unreachable_days,
        made=len(facts.unreached),
    )


GUARD = Guard("verdict_before_closing", frozenset({"close", "record_revisit"}), check)
