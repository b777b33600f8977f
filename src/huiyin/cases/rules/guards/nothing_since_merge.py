"""A merge is undone only while nothing else has happened in the case it went into."""

from __future__ import annotations

from huiyin.cases.rules.conduct import Conduct
from huiyin.cases.rules.facts import CaseFacts, Step
from huiyin.cases.rules.guards import Guard
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _


def check(facts: CaseFacts, _step: Step, _conduct: Conduct) -> Message | None:
    """Objects once the other case has moved on, and says what to do instead."""
    if facts.since_merge:
        return message(
            _("The other case has gone on since (%(count)d entries). Split off there what belongs apart."),
            count=facts.since_merge,
        )
    return None


GUARD = Guard("nothing_since_merge", frozenset({"unmerge"}), check)
