"""CSAT of the one overall question."""

from __future__ import annotations

from huiyin.insights.kpi import Group, Kpi, Unit
from huiyin.insights.queries.lens import Lens
from huiyin.insights.queries.weighing import weigh_share
from huiyin.insights.records.askings import scored_askings
from huiyin.insights.records.record import Records
from huiyin.insights.rules.tally import Tallies
from huiyin.insights.sources.answered import OVERALL
from huiyin.kernel.words import gettext_noop as _
from huiyin.questionnaires.public import Figure, scores


def figure(of: Tallies) -> Figure:
    """Percent of 4 and 5 on the overall question."""
    return scores.share(of[OVERALL].hits, of[OVERALL].n, "csat")


def records(lens: Lens) -> Records:
    """The questionnaires with the overall question; a hit is a 4 or 5."""
    return scored_askings(lens, OVERALL, hit=lambda score: score >= scores.TOP_BOX)


KPI = Kpi(
    code="csat",
    label="CSAT",
    meaning=_("Answers of 4 or 5 to the question how satisfied the customer is all in all."),
    group=Group.SATISFACTION,
    order=50,
    unit=Unit.PERCENT,
    source="answered",
    figure=figure,
    records=records,
    weigh=weigh_share(OVERALL),
)
