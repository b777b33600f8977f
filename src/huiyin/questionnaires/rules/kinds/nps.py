"""NPS (Reichheld 2003): percent of promoters (9–10) less percent of detractors (0–6) on a 0–10 scale."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from huiyin.questionnaires.rules.figure import Figure, Z, nothing

PROMOTER = 9
DETRACTOR = 6


def nps(scores: Sequence[float]) -> Figure:
    """Net promoter score from −100 to 100; see :func:`nps_of_counts`."""
    promoters = sum(score >= PROMOTER for score in scores)
    return nps_of_counts(promoters, sum(score <= DETRACTOR for score in scores), len(scores))


def nps_of_counts(promoters: int, detractors: int, n: int) -> Figure:
    """Net promoter score of ``n`` answers.

    The interval is Bonett and Price's (2012) adjusted Wald interval for the difference of two shares of one sample:
    it stays honest when all answers agree, where the plain variance would claim certainty.
    """
    if n == 0:
        return nothing("nps")
    p, d = (promoters + 1) / (n + 2), (detractors + 1) / (n + 2)
    half = Z * sqrt((p + d - (p - d) ** 2) / (n + 2))
    low, high = max(-100.0, (p - d - half) * 100), min(100.0, (p - d + half) * 100)
    return Figure((promoters - detractors) / n * 100, n, low, high, "nps")
