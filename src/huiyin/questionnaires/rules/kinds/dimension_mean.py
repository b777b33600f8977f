"""The mean of one dimension, 1–5."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.questionnaires.rules.figure import Figure, mean


def dimension_mean(scores: Sequence[float]) -> Figure:
    """Mean score on a 1–5 scale, t interval."""
    return mean(scores, 1, 5, "dimension_mean")
