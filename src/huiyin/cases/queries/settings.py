"""The policies in force: the newest effective versions, else what ships with the product."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiyin.cases.models import Case, CaseRules, SlaPolicy
from huiyin.cases.rules.conduct import Conduct
from huiyin.cases.rules.shipped import POLICIES, ROUTING, STANDARD, TRIAGE
from huiyin.cases.rules.sla import Policy, read_policy
from huiyin.cases.rules.triage import Weights
from huiyin.foundation.kept import kept


@dataclass(frozen=True)
class Settings:
    """Numbers of conduct, triage weights and the routing table in force at one moment."""

    conduct: Conduct
    weights: Weights
    routing: dict[str, dict[str, Any]]


def settings_at(now: datetime) -> Settings:
    """The newest versions effective at ``now`` (one query at most)."""
    data = {kind: data for kind, since, data in _rules() if since <= now}
    return Settings(
        conduct=Conduct.of(data.get("conduct", {})),
        weights=Weights.of(data.get("triage", TRIAGE)),
        routing=data.get("routing", ROUTING),
    )


@kept
def _rules() -> tuple[tuple[str, datetime, Any], ...]:
    """Kind, beginning and data of all versions, newest last."""
    return tuple(CaseRules.objects.order_by("kind", "version").values_list("kind", "effective_from", "data"))


def conduct_at(now: datetime) -> Conduct:
    """The numbers of conduct in force."""
    return settings_at(now).conduct


def policy_for_new(now: datetime) -> Policy:
    """The set of clocks that a case opened now gets."""
    return next((each.policy for each in _policies() if each.chosen and each.since <= now), read_policy(STANDARD))


def policy_of(case: Case) -> Policy:
    """The set of clocks a case was opened under; a newer version does not move it (SLA-6)."""
    for each in _policies():
        if _is_of(each.policy, case):
            return each.policy
    return read_policy(next((policy for policy in POLICIES if policy["code"] == case.policy), STANDARD))


def policy_name(case: Case) -> str:
    """What the set of clocks is called that a case was opened under (a message id where it is shipped)."""
    found = next((each for each in _policies() if _is_of(each.policy, case)), None)
    shipped = {str(policy["code"]): str(policy["name"]) for policy in POLICIES}
    return found.name if found else shipped.get(case.policy, case.policy)


def _is_of(policy: Policy, case: Case) -> bool:
    return (policy.code, policy.version) == (case.policy, case.policy_version)


@dataclass(frozen=True)
class _Version:
    """A set of clocks, its name, since when it is there, and whether new cases get it."""

    policy: Policy
    name: str
    since: datetime
    chosen: bool


@kept
def _policies() -> tuple[_Version, ...]:
    """All versions of all sets, newest first."""
    rows = SlaPolicy.objects.order_by("-effective_from", "-id")
    return tuple(_Version(_policy(row), row.name, row.effective_from, row.chosen) for row in rows)


def _policy(row: SlaPolicy) -> Policy:
    return read_policy(
        {
            "code": row.code,
            "version": row.version,
            "calendar": row.calendar,
            "clocks": row.clocks,
            "pauses": row.pauses,
        }
    )
