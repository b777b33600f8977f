"""The four-step handling scale: very satisfied, satisfied, neutral, dissatisfied."""

from __future__ import annotations

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
