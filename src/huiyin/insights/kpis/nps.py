"""NPS of the recommendation question."""

from __future__ import annotations

from huiyin.insights.kpi import Group, Kpi, Unit
from huiyin.insights.queries.lens import RECOMMEND, Lens
from huiyin.insights.records.askings import scored_askings
from huiyin.insights.records.record import Records
from huiyin.kernel.words import gettext_noop as _
from huiyin.questionnaires.public import Figure, scores


def compute(lens: Lens) -> Figure:
    """Promoters less detractors, in points from −100 to 100."""
    facts = lens.facts
    return scores.nps_of_counts(facts["promoters"], facts["detractors"], facts[f"{RECOMMEND}_n"])


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
    compute=compute,
    records=records,
)
