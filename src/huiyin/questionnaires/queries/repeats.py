"""Scores that were given once for two askings: over all askings they count for the first one (VIS-15).

When one talk serves several subjects, the asking that took an answer over names its dimension under ``repeats``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_

from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Coalesce

from huiyin.questionnaires.models import Answer, Asking

REPEATS = "repeats"


class _Named(Func):
    """Whether a list of names holds a name."""

    function = "jsonb_exists"
    output_field = BooleanField()


def given_once(answers: QuerySet[Answer]) -> QuerySet[Answer]:
    """Answers without those that were taken over from another asking."""
    taken_over = _Named(KeyTransform(REPEATS, "asking__attribution"), F("question__dimension"))
    return answers.annotate(taken_over=Coalesce(taken_over, Value(False))).filter(taken_over=False)


def scored_once(askings: QuerySet[Asking], dimensions: Sequence[str]) -> QuerySet[Asking]:
    """Askings with a score on any of the dimensions that was not taken over from another asking."""
    marks = {
        f"repeats_{name}": Coalesce(_Named(KeyTransform(REPEATS, "attribution"), Value(name)), Value(False))
        for name in dimensions
    }
    own = (Q(scores__has_key=name) & Q(**{f"repeats_{name}": False}) for name in dimensions)
    return askings.annotate(**marks).filter(reduce(or_, own))


def own_scores(asking: Asking) -> dict[str, int]:
    """The scores of an asking that were not taken over from another one."""
    repeats = asking.attribution.get(REPEATS, ())
    return {name: score for name, score in asking.scores.items() if name not in repeats}
