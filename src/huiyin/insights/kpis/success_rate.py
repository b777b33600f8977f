"""How many visits succeeded (VIS-23)."""

from __future__ import annotations

from huiyin.insights.kpi import Group, Kpi, Unit
from huiyin.insights.records.visits import visit_records
from huiyin.insights.rules.tally import Tallies
from huiyin.kernel.words import gettext_noop as _
from huiyin.questionnaires.public import Figure, scores


def figure(of: Tallies) -> Figure:
    """Percent of ended visits in which all questions were answered."""
    return scores.share(of["ended"].hits, of["ended"].n, "success_rate")


KPI = Kpi(
    code="success-rate",
    label=_("Visit success rate"),
    meaning=_("Ended visits in which the right person answered all questions."),
    group=Group.VISITS,
    order=20,
    unit=Unit.PERCENT,
    source="ended",
    figure=figure,
    records=lambda lens: visit_records(lens.ended_visits(), "ended_at"),
)
