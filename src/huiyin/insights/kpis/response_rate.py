"""How many of the customers asked answered completely."""

from __future__ import annotations

from huiyin.insights.kpi import Group, Kpi, Unit
from huiyin.insights.records.askings import asked_askings
from huiyin.insights.rules.tally import Tallies
from huiyin.kernel.words import gettext_noop as _
from huiyin.questionnaires.public import Figure, scores


def figure(of: Tallies) -> Figure:
    """Percent of the questionnaires asked in the period that are answered completely by now."""
    return scores.response_rate(of["asked"].hits, of["asked"].n)


KPI = Kpi(
    code="response-rate",
    label=_("Response rate"),
    meaning=_("Questionnaires asked in the period that have been answered completely."),
    group=Group.SATISFACTION,
    order=70,
    unit=Unit.PERCENT,
    source="asked",
    figure=figure,
    records=lambda lens: asked_askings(lens.asked()),
)
