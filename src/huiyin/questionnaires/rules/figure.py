"""A figure is never a bare number: value, n, a 95 % interval and the method it was computed by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, fsum, lgamma, log, log1p, sqrt
from statistics import NormalDist

CONFIDENCE = 0.95
SETTLED = 1e-15  # the continued fraction changes no more
TINY = 1e-300
Z = NormalDist().inv_cdf(0.5 + CONFIDENCE / 2)


@dataclass(frozen=True)
class Figure:
    """A measured value with its sample size and 95 % interval; all None when nothing was measured."""

    value: float | None
    n: int
    low: float | None
    high: float | None
    method: str

    @property
    def known(self) -> bool:
        """Whether there is anything to show."""
        return self.value is not None


def nothing(method: str, n: int = 0) -> Figure:
    """The figure of an empty sample."""
    return Figure(None, n, None, None, method)


def share(hits: int, n: int, method: str = "wilson", scale: float = 100.0) -> Figure:
    """A share in percent with Wilson's score interval (Wilson 1927); right at 0 %, 100 % and small n as well."""
    if not 0 <= hits <= n:
        raise ValueError("hits must lie between 0 and n")
    if n == 0:
        return nothing(method)
    low, high = wilson(hits / n, n)
    return Figure(hits / n * scale, n, low * scale, high * scale, method)


def wilson(p: float, n: float) -> tuple[float, float]:
    """Wilson's score interval of a share ``p`` of ``n`` answers; ``n`` may be an effective number."""
    z2 = Z * Z
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z * sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return 0.0 if p == 0 else centre - half, 1.0 if p == 1 else centre + half


@dataclass(frozen=True)
class Sums:
    """What a mean needs to know of a sample: n, sum, sum of squares, smallest, largest; a database adds these up."""

    n: int = 0
    total: float = 0.0
    squares: float = 0.0
    least: float = 0.0
    most: float = 0.0

    @property
    def centre(self) -> float:
        """The mean; of at least one answer."""
        return self.total / self.n

    @property
    def variance(self) -> float:
        """The sample variance (n - 1 below the line); of at least two answers."""
        if self.least == self.most:
            return 0.0
        return max(0.0, self.squares - self.total * self.centre) / (self.n - 1)


def sums_of(values: Sequence[float]) -> Sums:
    """What a mean needs to know of these values."""
    if not values:
        return Sums()
    return Sums(len(values), fsum(values), fsum(value * value for value in values), min(values), max(values))


def mean(values: Sequence[float], low: float, high: float, method: str = "mean_t") -> Figure:
    """A mean of answers on a scale from ``low`` to ``high``; see :func:`mean_of_sums`."""
    return mean_of_sums(sums_of(values), low, high, method)


def mean_of_sums(sums: Sums, low: float, high: float, method: str = "mean_t") -> Figure:
    """A mean on a scale from ``low`` to ``high`` with Student's t interval, cut at the ends of the scale.

    Where all answers agree (or there is one) the spread cannot be estimated; the interval then allows for the largest
    share of other answers that could still have stayed unseen, 1 - 0.05 ** (1 / n), all of them at an end of the scale.
    """
    n = sums.n
    if n == 0:
        return nothing(method)
    centre = sums.centre
    if sums.least == sums.most:
        return Figure(centre, n, *unseen_others(centre, n, low, high), method)
    half = t_quantile(0.5 + CONFIDENCE / 2, n - 1) * sqrt(sums.variance / n)
    return Figure(centre, n, max(low, centre - half), min(high, centre + half), method)


def unseen_others(centre: float, n: float, low: float, high: float) -> tuple[float, float]:
    """How far a mean may lie off where all ``n`` answers agreed: see :func:`mean_of_sums`."""
    unseen = 1 - (1 - CONFIDENCE) ** (1 / n)
    return centre - unseen * (centre - low), centre + unseen * (high - centre)


@cache
def t_quantile(p: float, df: float) -> float:
    """The ``p`` quantile (0.5 < p < 1) of Student's t with ``df`` (> 0, whole or not) degrees of freedom, to 1e-9."""
    low, high = 0.0, 2.0
    while t_cdf(high, df) < p:
        high *= 2
    for _step in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if t_cdf(middle, df) < p else (low, middle)
        if high - low < 1e-10 * max(1.0, high):
            break
    return (low + high) / 2


def t_cdf(t: float, df: float) -> float:
    """P(T ≤ t) for t ≥ 0, through the regularised incomplete beta function."""
    return 1 - 0.5 * _beta(df / (df + t * t), df / 2, 0.5)


def _beta(x: float, a: float, b: float) -> float:
    """Regularised incomplete beta I_x(a, b) by its continued fraction (Lentz)."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta(1 - x, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    total = d
    for m in range(1, 400):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        step = 1.0
        for factor in (even, odd):
            d, c = 1 / _away(1 + factor * d), _away(1 + factor / c)
            step = d * c
            total *= step
        if abs(step - 1) < SETTLED:
            break
    return front * total


def _away(value: float) -> float:
    """Keeps Lentz's denominators off zero."""
    return value if abs(value) > TINY else TINY
