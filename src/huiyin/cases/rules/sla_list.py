"""Which policy a case gets: an agreement's, else the first of an ordered list whose condition the case meets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from huiyin.cases.rules.case_fields import CASE_FIELDS
from huiyin.cases.rules.sla import Policy
from huiyin.kernel.conditions import Condition, holds, read_condition, tests_in
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

ASKED = (
    "tier",
    "kind",
    "topic",
    "problem_type",
    "channel",
    "level",
    "own_stage",
    "department",
    "store",
    "severity",
    "reach",
    "emotion",
    "repeated",
    "product",
    "serial",
    "text",
)
POLICY_FIELDS = {code: CASE_FIELDS[code] for code in ASKED}
"""What a policy may ask about: what is known when a case begins; with another stage of our own it is asked anew."""


@dataclass(frozen=True)
class Chosen:
    """The policy of a case, and why: the version of the list that chose it, or the agreement that names it."""

    policy: Policy
    list_version: int | None = None
    agreement: str = ""


@lru_cache(maxsize=256)
def condition_of(policy: Policy) -> Condition:
    """What the policy asks of a case.

    Raises:
        Invalid: it asks for what cases do not have.
    """
    return read_condition(policy.condition, POLICY_FIELDS)


def for_all(policy: Policy) -> bool:
    """Whether the policy is for every case."""
    return not policy.condition or dict(policy.condition) == {"all": []}


def first_that_fits(policies: Sequence[Policy], facts: Mapping[str, object], now: datetime) -> Policy | None:
    """The first policy whose condition holds for these facts."""
    return next((each for each in policies if _fits(each, facts, now)), None)


def _fits(policy: Policy, facts: Mapping[str, object], now: datetime) -> bool:
    """A condition that cannot be read any more, because what it names is gone, holds for no case."""
    try:
        return for_all(policy) or holds(condition_of(policy), facts, now=now)
    except Invalid:
        return False


def asks_for(policy: Policy, field: str) -> bool:
    """Whether the policy's condition asks for a field; not where it cannot be read any more."""
    try:
        return not for_all(policy) and any(test.field == field for test in tests_in(condition_of(policy)))
    except Invalid:
        return False


def check_list(codes: Sequence[str], policies: Mapping[str, Policy]) -> None:
    """Lets a list pass that leaves no case without clocks.

    Raises:
        Invalid: it is empty, names a policy twice or one that does not hold, or its last one is not for every case.
    """
    fault = _fault(codes, policies)
    if fault is not None:
        raise Invalid(fault, {"codes": fault})


def _fault(codes: Sequence[str], policies: Mapping[str, Policy]) -> Message | None:
    if not codes:
        return message(_("The list needs at least one policy."))
    for code in codes:
        if code not in policies:
            return message(_("There is no policy %(code)s that holds on this day."), code=code[:40])
    if len(set(codes)) < len(codes):
        return message(_("A policy stands in the list twice."))
    last = policies[codes[-1]]
    if not for_all(last):
        return message(
            _("The last policy must be for every case, or cases would be without clocks; “%(name)s” is not."),
            name=message(last.shown_name),
        )
    return None


def never_asked(policies: Sequence[Policy]) -> tuple[Policy, list[Policy]] | None:
    """The first policy that is for every case, and those behind it, which no case ever reaches; None without any."""
    at = next((number for number, each in enumerate(policies) if for_all(each)), len(policies))
    behind = list(policies[at + 1 :])
    return (policies[at], behind) if behind else None
