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


@dataclass(frozen=True)
class Settings:
    """Numbers of conduct, triage weights and the routing table in force at one moment."""

    conduct: Conduct
    weights: Weights
    routing: dict[str, dict[str, Any]]


def settings_at(now: datetime) -> Settings:
    """The newest versions effective at ``now`` (one query)."""
    rows = CaseRules.objects.filter(effective_from__lte=now).order_by("kind", "-version").distinct("kind")
    data = dict(rows.values_list("kind", "data"))
    return Settings(
        conduct=Conduct.of(data.get("conduct", {})),
        weights=Weights.of(data.get("triage", TRIAGE)),
        routing=data.get("routing", ROUTING),
    )


def conduct_at(now: datetime) -> Conduct:
    """The numbers of conduct in force."""
    return settings_at(now).conduct


def policy_for_new(now: datetime) -> Policy:
    """The set of clocks that a case opened now gets."""
    chosen = SlaPolicy.objects.filter(chosen=True, effective_from__lte=now).order_by("-effective_from", "-id").first()
    return _policy(chosen) if chosen else read_policy(STANDARD)


def policy_of(case: Case) -> Policy:
    """The set of clocks a case was opened under; a newer version does not move it (SLA-6)."""
    kept = SlaPolicy.objects.filter(code=case.policy, version=case.policy_version).first()
    if kept:
        return _policy(kept)
    return read_policy(next((policy for policy in POLICIES if policy["code"] == case.policy), STANDARD))


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
