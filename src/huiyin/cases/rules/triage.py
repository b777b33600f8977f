"""Suggests how pressing a case is from severity, reach, the customer's importance and emotion (CAS-6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from huiyin.cases.rules.kinds import EMOTIONS, KINDS, LEVELS, REACHES, SEVERITIES, TIERS, Level
from huiyin.kernel.words import gettext_noop as _

REPEAT: dict[str, str] = {"yes": _("The customer has complained about this before")}
FACTORS: dict[str, dict[str, str]] = {
    "severity": SEVERITIES,
    "reach": REACHES,
    "tier": TIERS,
    "emotion": EMOTIONS,
    "kind": KINDS,
    "repeated": REPEAT,
}
"""Every factor with its values, from which weights may be given."""


@dataclass(frozen=True)
class Weights:
    """Points per value of each factor, and the points from which a level begins. Versions of it are data."""

    points: Mapping[str, Mapping[str, int]]
    urgent_from: int
    important_from: int

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Weights:
        """Reads stored weights."""
        return cls(data["points"], int(data["urgent_from"]), int(data["important_from"]))


@dataclass(frozen=True)
class TriageFacts:
    """What is known about a case when its level is asked for; values are codes, empty is unknown."""

    severity: str = ""
    reach: str = ""
    tier: str = ""
    emotion: str = ""
    kind: str = ""
    repeated: bool = False


@dataclass(frozen=True)
class Reason:
    """One factor that counted: its value, the sentence for people (message id) and its points."""

    factor: str
    value: str
    text: str
    points: int


@dataclass(frozen=True)
class Suggestion:
    """The suggested level, its points and reasons, heaviest first.

    ``senior`` asks for an experienced person (CAS-12).
    """

    level: str
    points: int
    reasons: tuple[Reason, ...] = field(default=())
    senior: bool = False


def suggest(facts: TriageFacts, weights: Weights) -> Suggestion:
    """The level the weights give, with every factor that added points. Unknown values add nothing."""
    values = {name: getattr(facts, name) for name in FACTORS if name != "repeated"}
    values["repeated"] = "yes" if facts.repeated else ""
    reasons = [reason for name, value in values.items() if (reason := _reason(name, value, weights))]
    points = sum(reason.points for reason in reasons)
    senior = facts.emotion == "angry" or facts.repeated
    return Suggestion(_level(points, weights), points, tuple(sorted(reasons, key=lambda r: -r.points)), senior)


def because(suggestion: Suggestion, words: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """The reasons as they are kept with a case; ``words`` are those that told the emotion, if no person did."""
    kept: list[dict[str, Any]] = [
        {"factor": reason.factor, "value": reason.value, "points": reason.points} for reason in suggestion.reasons
    ]
    for each in kept:
        if each["factor"] == "emotion" and words:
            each["words"] = list(words)
    return kept


def _reason(factor: str, value: str, weights: Weights) -> Reason | None:
    points = weights.points.get(factor, {}).get(value, 0)
    return Reason(factor, value, FACTORS[factor][value], points) if points and value in FACTORS[factor] else None


def _level(points: int, weights: Weights) -> str:
    if points >= weights.urgent_from:
        return Level.URGENT
    return Level.IMPORTANT if points >= weights.important_from else Level.GENERAL


def level_or_refuse(level: str) -> str:
    """The level if there is such a one; ValueError otherwise."""
    if level not in LEVELS:
        raise ValueError(level)
    return level
