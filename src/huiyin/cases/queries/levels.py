"""Levels of the past: the facts of the last cases, and how people decided against what was suggested."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count

from huiyin.cases.models import Case, CaseRules
from huiyin.cases.rules.emotion import felt
from huiyin.cases.rules.triage import TriageFacts
from huiyin.cases.rules.weights import Agreement, agreement
from huiyin.foundation.versions import Version, versions_of

LAST = 500
DAYS = 90


def facts_of_last(most: int = LAST) -> list[TriageFacts]:
    """What was known about the last cases received, whoever may see them: only counts of them are shown."""
    rows = Case.objects.order_by("-received_at", "-id").values_list(
        "severity", "reach", "customer__tier", "emotion", "kind", "repeated", "title", "description"
    )
    return [
        TriageFacts(
            severity=severity,
            reach=reach,
            tier=tier or "potential",
            emotion=emotion or felt(f"{title}\n{description}").emotion,
            kind=kind,
            repeated=repeated,
        )
        for severity, reach, tier, emotion, kind, repeated, title, description in rows[:most]
    ]


def agreement_since(now: datetime, days: int = DAYS) -> Agreement:
    """How people decided about cases received within so many days."""
    decided = Case.objects.filter(level_at__isnull=False, received_at__gte=now - timedelta(days=days))
    counts = decided.values_list("suggested_level", "level").annotate(n=Count("id"))
    return agreement({(suggested, level): n for suggested, level, n in counts})


def rules_of(kind: str) -> CaseRules | None:
    """The newest version of a kind of rules; None while what shipped holds."""
    return CaseRules.objects.filter(kind=kind).order_by("-version").first()


def versions_of_rules(kind: str, now: datetime) -> list[Version]:
    """Every version of a kind of rules, newest first."""
    return versions_of(CaseRules.objects.filter(kind=kind), now)
