"""CSI on 0–100: each customer's weighted mean over the dimensions, rescaled from the answer scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from huiyin.questionnaires.rules.figure import Figure, mean


def normalised(score: float, low: float, high: float) -> float:
    """A score on low…high as 0…100 (the stated rule of QST-4).

    Linear between the ends ("proportion of maximum scaling", Cohen et al. 1999): the worst answer of every scale is 0
    and the best 100. It makes scales comparable; it does not undo that people use longer scales differently.
    """
    return (score - low) / (high - low) * 100


def csi(
    answers: Sequence[Mapping[str, float]],
    weights: Mapping[str, float] | None = None,
    low: float = 1,
    high: float = 5,
) -> Figure:
    """Customer satisfaction index; ``weights`` by dimension, equal when not given; unanswered dimensions drop out."""
    values = [normalised(_weighted(scores, weights), low, high) for scores in answers if _weight(scores, weights)]
    return mean(values, 0, 100, "csi")


def _weight(scores: Mapping[str, float], weights: Mapping[str, float] | None) -> float:
    return sum(1.0 if weights is None else weights.get(name, 0.0) for name in scores)


def _weighted(scores: Mapping[str, float], weights: Mapping[str, float] | None) -> float:
    total = sum(score * (1.0 if weights is None else weights.get(name, 0.0)) for name, score in scores.items())
    return total / _weight(scores, weights)
