"""Mode effect (QST-4): how much better people answer one way (the phone) than another (a questionnaire of their own).

The two groups chose, or were given, their way, so the difference is what the figures differ by, not yet what the way
causes: that needs the ways to be drawn by lot.
"""

from __future__ import annotations

from math import sqrt

from huiyin.questionnaires.rules.figure import CONFIDENCE, Figure, Sums, nothing, t_quantile, wilson

ENOUGH = 2  # answers on each side, for a spread to be seen


def mode_effect(one: Sums, other: Sums, low: float, high: float) -> Figure:
    """The difference of two means, ``one`` less ``other``, with Welch's (1947) interval; None under two answers each.

    Where both sides are of one mind there is no spread to compute with; the interval is then unknown (None).
    """
    n, widest = one.n + other.n, high - low
    if min(one.n, other.n) < ENOUGH:
        return nothing("welch", n)
    gap, parts = one.centre - other.centre, (one.variance / one.n, other.variance / other.n)
    if sum(parts) == 0:
        return Figure(gap, n, None, None, "welch")
    df = sum(parts) ** 2 / (parts[0] ** 2 / (one.n - 1) + parts[1] ** 2 / (other.n - 1))
    half = t_quantile(0.5 + CONFIDENCE / 2, df) * sqrt(sum(parts))
    return Figure(gap, n, max(-widest, gap - half), min(widest, gap + half), "welch")


def mode_effect_of_shares(hits: int, n: int, other_hits: int, other_n: int) -> Figure:
    """The difference of two shares in percentage points with Newcombe's (1998) hybrid score interval, method 10."""
    if min(n, other_n) == 0:
        return nothing("newcombe", n + other_n)
    p, q = hits / n, other_hits / other_n
    (p_low, p_high), (q_low, q_high) = wilson(p, n), wilson(q, other_n)
    low = p - q - sqrt((p - p_low) ** 2 + (q_high - q) ** 2)
    high = p - q + sqrt((p_high - p) ** 2 + (q - q_low) ** 2)
    return Figure((p - q) * 100, n + other_n, low * 100, high * 100, "newcombe")
