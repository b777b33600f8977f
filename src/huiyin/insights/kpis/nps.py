"""NPS of the recommendation question."""

from __future__ import annotations

from huiyin.insights.kpi import Group, Kpi, Unit
from huiyin.insights.queries.lens import Lens
from huiyin.insights.records.askings import scored_askings
from huiyin.insights.records.record import Records
from huiyin.insights.rules.tally import Tallies
from huiyin.insights.sources.answered import RECOMMEND
from huiyin.kernel.words import gettext_noop as _
from huiyin.questionnaires.public import Figure, scores


def figure(of: Tallies) -> Figure:
    """Promoters less detractors, in points from −100 to 100."""
    given = of[RECOMMEND]
    return scores.nps_of_counts(given.hits, given.misses, given.n)


def records(lens: Lens) -> Records:
    """The questionnaires with the recommendation question; a hit is a promoter."""
    return scored_askings(lens, RECOMMEND, hit=lambda score: score >= scores.PROMOTER)


KPI = Kpi(
    code="nps",
    label="NPS",
    meaning=_("Percent of promoters (9 and 10) less percent of detractors (0 to 6)."),
    group=Group.SATISFACTION,
    order=60,
    unit=Unit.POINTS,
    source="answered",
    figure=figure,
    records=records,
)
