"""How much of the plan was carried out."""

from __future__ import annotations

from huiyin.insights.kpi import Group, Kpi, Unit
from huiyin.insights.records.visits import visit_records
from huiyin.insights.rules.tally import Tallies
from huiyin.kernel.words import gettext_noop as _
from huiyin.questionnaires.public import Figure, scores


def figure(of: Tallies) -> Figure:
    """Percent of the planned visits that were done."""
    return scores.share(of["planned"].hits, of["planned"].n, "plan_achieved")


KPI = Kpi(
    code="plan-achieved",
    label=_("Plan achieved"),
    meaning=_("Visits planned in the period that have been done."),
    group=Group.VISITS,
    order=30,
    unit=Unit.PERCENT,
    source="planned",
    figure=figure,
    records=lambda lens: visit_records(lens.planned_visits(), "planned_on"),
)
