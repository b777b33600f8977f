"""What a day adds up to: enough to compute every figure of it, and to be added to other days without loss."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import fsum
from typing import NamedTuple


class Tally(NamedTuple):
    """Sums over records: how many, how many hits and misses of a share, and what a mean needs (sum, squares, ends).

    Adding is exact in any order for counts and whole scores; ``least`` and ``most`` are None where nothing is measured.
    """

    n: int = 0
    hits: int = 0
    misses: int = 0
    total: float = 0.0
    squares: float = 0.0
    least: float | None = None
    most: float | None = None

    def plus(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(
            self.n + other.n,
            self.hits + other.hits,
            self.misses + other.misses,
            self.total + other.total,
            self.squares + other.squares,
            _end(min, self.least, other.least),
            _end(max, self.most, other.most),
        )


def _end(choose: Callable[[float, float], float], one: float | None, other: float | None) -> float | None:
    if one is None or other is None:
        return other if one is None else one
    return choose(one, other)


NOTHING = Tally()


class Tallies(dict[str, Tally]):
    """Tallies by measure; what was never counted is nothing."""

    def __missing__(self, measure: str) -> Tally:
        return NOTHING

    def add(self, measure: str, tally: Tally) -> None:
        """Adds to a measure."""
        self[measure] = self[measure].plus(tally)


def tally_of(
    values: Iterable[float], hit: Callable[[float], bool] | None = None, miss: Callable[[float], bool] | None = None
) -> Tally:
    """The tally of measured values; ``hit`` and ``miss`` say which stand on which side of a share."""
    every = list(values)
    if not every:
        return NOTHING
    return Tally(
        n=len(every),
        hits=sum(map(hit, every)) if hit else 0,
        misses=sum(map(miss, every)) if miss else 0,
        total=fsum(every),
        squares=fsum(value * value for value in every),
        least=min(every),
        most=max(every),
    )
