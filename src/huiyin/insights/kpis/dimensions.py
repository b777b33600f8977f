"""The five dimensions, each its own number."""

from __future__ import annotations

from functools import partial

from huiyin.insights.kpi import Group, Kpi, Unit, mean_of
from huiyin.insights.queries.lens import Lens
from huiyin.insights.queries.weighing import weigh_mean
from huiyin.insights.records.askings import scored_askings
from huiyin.insights.records.record import Records
from huiyin.insights.rules.tally import Tallies
from huiyin.kernel.words import gettext_noop as _
from huiyin.questionnaires.public import DIMENSION_LABELS, FIVE_DIMENSIONS, Figure


def figure(dimension: str, of: Tallies) -> Figure:
    """Mean score of one dimension on 1–5."""
    return mean_of(of[dimension], 1, 5, "dimension_mean")


def records(dimension: str, lens: Lens) -> Records:
    """The questionnaires with a score on it."""
    return scored_askings(lens, dimension)


KPIS = [
    Kpi(
        code=f"dimension-{dimension}",
        label=DIMENSION_LABELS[dimension],
        meaning=_("The mean of the scores from 1 to 5."),
        group=Group.SATISFACTION,
        order=30 + place,
        unit=Unit.SCORE,
        source="answered",
        figure=partial(figure, dimension),
        records=partial(records, dimension),
        weigh=weigh_mean(dimension),
    )
    for place, dimension in enumerate(map(str, FIVE_DIMENSIONS))
]
