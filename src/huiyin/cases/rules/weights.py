"""What is wrong with triage weights, and what new ones would change about cases that were levelled before (CAS-6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from huiyin.cases.rules.kinds import LEVELS
from huiyin.cases.rules.triage import FACTORS, TriageFacts, Weights, suggest
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

MOST = 50
"""More points than that for one value, or for a level, make no sense."""


def checked_weights(data: Mapping[str, Any]) -> dict[str, Any]:
    """The weights as they are stored; values without points are left out.

    Raises:
        Invalid: a number is out of bounds, or urgent begins before important; ``fields`` says which.
    """
    points: dict[str, dict[str, int]] = {}
    wrong: dict[str, Message] = {}
    for factor, values in FACTORS.items():
        for value in values:
            number = int(data.get("points", {}).get(factor, {}).get(value, 0) or 0)
            if not 0 <= number <= MOST:
                wrong[f"{factor}.{value}"] = message(_("From 0 to %(most)d."), most=MOST)
            if number:
                points.setdefault(factor, {})[value] = number
    urgent, important = int(data.get("urgent_from", 0)), int(data.get("important_from", 0))
    if not 0 < important < urgent <= 4 * MOST:
        wrong["urgent_from"] = message(_("Urgent begins above important, and both above 0."))
    if wrong:
        raise Invalid(message(_("Nothing was saved. What you typed is kept; look at the marked fields.")), wrong)
    return {"points": points, "urgent_from": urgent, "important_from": important}


@dataclass(frozen=True)
class Moved:
    """How many cases would go from one level to another."""

    before: str
    after: str
    count: int


@dataclass(frozen=True)
class Effect:
    """What other weights would change: cases looked at, those whose suggestion changes, and from where to where."""

    cases: int
    changed: int
    moved: tuple[Moved, ...]

    @property
    def share(self) -> float:
        """The changed share, in percent with one place."""
        return round(100 * self.changed / self.cases, 1) if self.cases else 0.0


def effect(facts: Iterable[TriageFacts], now: Weights, then: Weights) -> Effect:
    """Levels the same facts would get under other weights."""
    pairs = Counter((suggest(each, now).level, suggest(each, then).level) for each in facts)
    order = list(LEVELS)
    moved = [Moved(before, after, count) for (before, after), count in pairs.items() if before != after]
    moved.sort(key=lambda each: (order.index(each.before), order.index(each.after)))
    return Effect(pairs.total(), sum(each.count for each in moved), tuple(moved))


@dataclass(frozen=True)
class Agreement:
    """How often people decided as suggested: decisions, agreements, and every pair of suggested and decided level."""

    decided: int
    agreed: int
    table: tuple[tuple[str, tuple[int, ...]], ...]

    @property
    def share(self) -> float:
        """Agreement in percent with one place."""
        return round(100 * self.agreed / self.decided, 1) if self.decided else 0.0


def agreement(counts: Mapping[tuple[str, str], int]) -> Agreement:
    """From how many cases were suggested and decided at each pair of levels."""
    table = tuple((row, tuple(counts.get((row, column), 0) for column in LEVELS)) for row in LEVELS)
    agreed = sum(counts.get((level, level), 0) for level in LEVELS)
    return Agreement(sum(counts.values()), agreed, table)
