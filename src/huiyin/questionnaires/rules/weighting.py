"""Weighting back to the population by stratum (QST-4): post-stratification (Holt and Smith 1979).

Every answer of a stratum counts as population / answers of that stratum. Strata without an answer cannot be weighted
up; the figure then speaks for the covered part only, and says how large that part is. There is no finite population
correction: the figure is about how customers are served, not about the customers of that month alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from huiyin.questionnaires.rules.figure import (
    CONFIDENCE,
    Figure,
    Sums,
    nothing,
    t_quantile,
    unseen_others,
    wilson,
)


@dataclass(frozen=True)
class Stratum:
    """One part of the population: how many belong to it, and what its answers add up to (of a share: 0 and 1)."""

    name: str
    population: int
    sums: Sums


@dataclass(frozen=True)
class Weighted:
    """A weighted figure: Kish's effective number of answers, the part of the population that strata with answers
    hold (0 to 1), and the weight of one answer by stratum (1: as many as its share of the population)."""

    figure: Figure
    effective_n: float
    covered: float
    weights: Mapping[str, float]


def weighted_mean(strata: Sequence[Stratum], low: float, high: float) -> Weighted:
    """The mean on a scale from ``low`` to ``high``, weighted; t interval with Satterthwaite's degrees of freedom.

    The spread of a stratum with one answer is taken from the other strata together.
    """
    rows = _answered(strata)
    if not rows:
        return _none("weighted_mean")
    parts = _parts(rows)
    centre = fsum(part * row.sums.centre for part, row in zip(parts, rows, strict=True))
    spreads = _spreads(rows)
    terms = [part**2 * spread / row.sums.n for part, spread, row in zip(parts, spreads, rows, strict=True)]
    variance, n = fsum(terms), sum(row.sums.n for row in rows)
    if variance == 0:
        ends = unseen_others(centre, _kish(rows), low, high)
    else:
        df = variance**2 / fsum(term**2 / max(1, row.sums.n - 1) for term, row in zip(terms, rows, strict=True))
        half = t_quantile(0.5 + CONFIDENCE / 2, df) * sqrt(variance)
        ends = max(low, centre - half), min(high, centre + half)
    return _weighted(strata, rows, Figure(centre, n, *ends, "weighted_mean"))


def weighted_share(strata: Sequence[Stratum]) -> Weighted:
    """The share in percent, weighted; Wilson interval at the effective number of answers (Korn and Graubard 1998).

    The variance is taken from shares moved towards the middle by one hit and one miss a stratum, so that small strata
    in which all agree do not feign certainty; the effective number never exceeds the real one.
    """
    rows = _answered(strata)
    if not rows:
        return _none("weighted_share")
    parts, n = _parts(rows), sum(row.sums.n for row in rows)
    value = fsum(part * row.sums.centre for part, row in zip(parts, rows, strict=True))
    near = [(row.sums.total + 1) / (row.sums.n + 2) for row in rows]
    middle = fsum(part * one for part, one in zip(parts, near, strict=True))
    terms = (part**2 * one * (1 - one) / row.sums.n for part, one, row in zip(parts, near, rows, strict=True))
    low, high = wilson(min(1.0, value), min(float(n), middle * (1 - middle) / fsum(terms)))
    return _weighted(strata, rows, Figure(value * 100, n, low * 100, high * 100, "weighted_share"))


def _answered(strata: Sequence[Stratum]) -> list[Stratum]:
    return [row for row in strata if row.sums.n and row.population]


def _parts(rows: Sequence[Stratum]) -> list[float]:
    whole = sum(row.population for row in rows)
    return [row.population / whole for row in rows]


def _spreads(rows: Sequence[Stratum]) -> list[float]:
    """The variance of each stratum; of one answer, that of the others pooled; unknown everywhere: none."""
    known = [row.sums for row in rows if row.sums.n > 1]
    freedom = sum(sums.n - 1 for sums in known)
    pooled = fsum((sums.n - 1) * sums.variance for sums in known) / freedom if freedom else 0.0
    return [row.sums.variance if row.sums.n > 1 else pooled for row in rows]


def _kish(rows: Sequence[Stratum]) -> float:
    """Kish's effective number: (sum of weights)² / sum of squared weights (Kish 1965)."""
    weights = [(row.population / row.sums.n, row.sums.n) for row in rows]
    return fsum(weight * n for weight, n in weights) ** 2 / fsum(weight**2 * n for weight, n in weights)


def _weighted(strata: Sequence[Stratum], rows: Sequence[Stratum], figure: Figure) -> Weighted:
    whole, reached = sum(row.population for row in strata), sum(row.population for row in rows)
    weights = {row.name: row.population / reached * figure.n / row.sums.n for row in rows}
    return Weighted(figure, _kish(rows), reached / whole, weights)


def _none(method: str) -> Weighted:
    return Weighted(nothing(method), 0.0, 0.0, {})
