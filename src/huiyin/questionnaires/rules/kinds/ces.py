"""CES 2.0 (Dixon, CEB 2013): mean agreement, 1–7, with "the company made it easy to handle my issue"."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.questionnaires.rules.figure import Figure, mean


def ces(scores: Sequence[float]) -> Figure:
    """Customer effort score, the mean of answers from 1 to 7, t interval; higher is easier."""
    return mean(scores, 1, 7, "ces")
