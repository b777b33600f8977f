"""NPS (Reichheld 2003): percent of promoters (9–10) less percent of detractors (0–6) on a 0–10 scale."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from huiyin.questionnaires.rules.figure import Figure, Z, nothing

PROMOTER = 9
DETRACTOR = 6


def nps(scores: Sequence[float]) -> Figure:
    """Net promoter score from −100 to 100.

    The interval is Bonett and Price's (2012) adjusted Wald interval for the difference of two shares of one sample:
    it stays honest when all answers agree, where the plain variance would claim certainty.
    """
    n = len(scores)
    if n == 0:
        return nothing("nps")
    promoters = sum(score >= PROMOTER for score in scores)
    detractors = sum(score <= DETRACTOR for score in scores)
    p, d = (promoters + 1) / (n + 2), (detractors + 1) / (n + 2)
    half = Z * sqrt((p + d - (p - d) ** 2) / (n + 2))
    return Figure(
        (promoters - detractors) / n * 100,
        n,
        max(-100.0, (p - d - half) * 100),
        min(100.0, (p - d + half) * 100),
        "nps",
    )
