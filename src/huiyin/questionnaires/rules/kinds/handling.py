"""The four-step handling scale: very satisfied, satisfied, neutral, dissatisfied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from huiyin.questionnaires.rules.figure import Figure, share

STEPS = ("very_satisfied", "satisfied", "neutral", "dissatisfied")
CONTENT = frozenset(STEPS[:2])


def handling(steps: Sequence[str]) -> Figure:
    """Percent of customers who were very satisfied or satisfied with the handling, Wilson interval.

    Raises:
        ValueError: a step that the scale does not have.
    """
    strange = set(steps) - set(STEPS)
    if strange:
        raise ValueError(f"not on the handling scale: {sorted(strange)}")
    return share(sum(step in CONTENT for step in steps), len(steps), "handling")


def handling_steps(steps: Sequence[str]) -> dict[str, Figure]:
    """Percent of each step, from very satisfied to dissatisfied, each with its own Wilson interval."""
    found = Counter(steps)
    return {step: share(found[step], len(steps), "handling_step") for step in STEPS}


def handling_score(step: str) -> float:
    """A step on 0 to 100: the four steps are ranks at equal distances (100, 66.7, 33.3, 0)."""
    return 100 - STEPS.index(step) * 100 / (len(STEPS) - 1)
