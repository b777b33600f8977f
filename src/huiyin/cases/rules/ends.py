"""How a case ended: on the customer's verdict, by the unreachable rule, or without being worked out (CAS-11)."""

from __future__ import annotations

from huiyin.cases.rules.conduct import Conduct
from huiyin.cases.rules.facts import CaseFacts
from huiyin.cases.rules.kinds import CANCEL_WHYS
from huiyin.kernel.words import gettext_noop as _

CONTENT = frozenset({"satisfied", "mostly"})
VERDICT, UNREACHABLE, IMPORTED, MERGED = "verdict", "unreachable", "imported", "merged"
ENDS: dict[str, str] = {
    VERDICT: _("With the customer's verdict"),
    UNREACHABLE: _("Without a verdict: the customer could not be reached"),
    IMPORTED: _("In another system"),
    MERGED: _("Merged into another case"),
    **CANCEL_WHYS,
}
"""Code and words of every way to end."""


def unreachable(facts: CaseFacts, conduct: Conduct) -> bool:
    """Whether enough attempts on enough different days by enough different ways stand in the record."""
    return (
        len(facts.unreached) >= conduct.unreachable_attempts
        and len(set(facts.unreached)) >= conduct.unreachable_days
        and len(set(facts.unreached_by)) >= conduct.unreachable_ways
    )


def end_of(facts: CaseFacts, conduct: Conduct) -> str:
    """How a case that closes now ends; empty while nothing allows it to close."""
    if facts.verdict in CONTENT:
        return VERDICT
    return UNREACHABLE if unreachable(facts, conduct) else ""
