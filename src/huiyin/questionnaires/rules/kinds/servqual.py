"""SERVQUAL (Parasuraman, Zeithaml and Berry 1988): perception less expectation on five dimensions, 1–7."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum

from huiyin.questionnaires.rules.figure import Figure, mean

DIMENSIONS = ("reliability", "assurance", "tangibles", "empathy", "responsiveness")
WIDEST = 6  # 7 - 1, in either direction
EXPECTED, PERCEIVED = "_e", "_p"
OVERALL = "overall"


def gaps(answers: Mapping[str, float]) -> dict[str, float]:
    """One customer's gaps (``{"reliability_e": 6, "reliability_p": 5}`` gives −1): perception less expectation.

    A gap needs both halves of its pair; a dimension asked in one half only has none.
    """
    pairs = [(name, answers.get(name + PERCEIVED), answers.get(name + EXPECTED)) for name in DIMENSIONS]
    return {name: seen - hoped for name, seen, hoped in pairs if seen is not None and hoped is not None}


def servqual(answers: Sequence[Mapping[str, float]], weights: Mapping[str, float] | None = None) -> dict[str, Figure]:
    """The mean gap of each dimension and, as ``overall``, of customers' own means; t intervals, −6 to 6.

    ``weights`` by dimension are the importance the customers gave them (100 points shared out); equal when not given.
    Below zero: less than was expected. Dimensions nobody answered have no value.
    """
    found = [gaps(one) for one in answers]
    figures = {
        name: mean([one[name] for one in found if name in one], -WIDEST, WIDEST, "servqual") for name in DIMENSIONS
    }
    wholes = [_own(one, weights) for one in found if _weight(one, weights) > 0]
    return {**figures, OVERALL: mean(wholes, -WIDEST, WIDEST, "servqual")}


def _weight(one: Mapping[str, float], weights: Mapping[str, float] | None) -> float:
    return fsum(1.0 if weights is None else weights.get(name, 0.0) for name in one)


def _own(one: Mapping[str, float], weights: Mapping[str, float] | None) -> float:
    total = fsum(gap * (1.0 if weights is None else weights.get(name, 0.0)) for name, gap in one.items())
    return total / _weight(one, weights)
