"""The overall score: each customer's mean over the dimensions answered, then the mean of customers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean

from huiyin.questionnaires.rules.figure import Figure, mean, share

SATISFIED = 4.0


def person_means(answers: Sequence[Mapping[str, float]]) -> list[float]:
    """One mean per customer (``{dimension: score}``); who scored nothing is left out."""
    return [fmean(scores.values()) for scores in answers if scores]


def overall(answers: Sequence[Mapping[str, float]]) -> Figure:
    """Mean of the customers' own means on 1–5: the customer is the unit, so the t interval is right."""
    return mean(person_means(answers), 1, 5, "overall")


def satisfied_share(answers: Sequence[Mapping[str, float]]) -> Figure:
    """Percent of customers whose own mean is 4 or more (the 85 % target of QST-3), Wilson interval."""
    means = person_means(answers)
    return share(sum(value >= SATISFIED for value in means), len(means), "satisfied_share")
