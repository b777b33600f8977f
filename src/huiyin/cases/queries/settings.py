"""The policies in force: the newest effective versions, else what ships with the product."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiyin.cases.models import CaseRules
from huiyin.cases.rules.alike import LikenessNumbers
from huiyin.cases.rules.conduct import Conduct
from huiyin.cases.rules.escalation import ESCALATION
from huiyin.cases.rules.shipped import TRIAGE
from huiyin.cases.rules.triage import Weights
from huiyin.foundation.kept import kept


@dataclass(frozen=True)
class Settings:
    """What is in force at one moment: conduct, triage weights, escalation, and when cases are alike."""

    conduct: Conduct
    weights: Weights
    escalation: dict[str, dict[str, Any]]
    likeness: LikenessNumbers
    conduct_version: int = 0


def settings_at(now: datetime) -> Settings:
    """The newest versions effective at ``now`` (one query at most)."""
    data = {kind: data for kind, since, data in _rules() if since <= now}
    return Settings(
        conduct=Conduct.of(data.get("conduct", {})),
        weights=Weights.of(data.get("triage", TRIAGE)),
        escalation=data.get("escalation", ESCALATION),
        likeness=LikenessNumbers.of(data.get("likeness", {})),
        conduct_version=sum(1 for kind, since, _data in _rules() if kind == "conduct" and since <= now),
    )


@kept
def _rules() -> tuple[tuple[str, datetime, Any], ...]:
    """Kind, beginning and data of all versions, newest last."""
    return tuple(CaseRules.objects.order_by("kind", "version").values_list("kind", "effective_from", "data"))


def conduct_at(now: datetime) -> Conduct:
    """The numbers of conduct in force."""
    return settings_at(now).conduct


def most_bytes(now: datetime) -> int:
    """How much one public form with its files may bring, in bytes."""
    conduct = conduct_at(now)
    return (conduct.feedback_files + 1) * conduct.attachment_bytes
