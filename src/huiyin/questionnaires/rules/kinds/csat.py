"""CSAT: the share of answers in the top two boxes of a 1–5 scale."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.questionnaires.rules.figure import Figure, share

TOP_BOX = 4


def csat(scores: Sequence[float]) -> Figure:
    """Percent of scores of 4 and 5 on a 1–5 scale, Wilson interval."""
    return share(sum(score >= TOP_BOX for score in scores), len(scores), "csat")
