"""How many dials reached the customer."""

from __future__ import annotations

from huiyin.insights.kpi import Group, Kpi, Unit
from huiyin.insights.records.visits import attempt_records
from huiyin.insights.rules.tally import Tallies
from huiyin.kernel.words import gettext_noop as _
from huiyin.questionnaires.public import Figure, scores


def figure(of: Tallies) -> Figure:
    """Percent of dials that were connected."""
    return scores.share(of["dials"].hits, of["dials"].n, "connect_rate")


KPI = Kpi(
    code="connect-rate",
    label=_("Connect rate"),
    meaning=_("Dials that reached the customer."),
    group=Group.VISITS,
    order=10,
    unit=Unit.PERCENT,
    source="dials",
    figure=figure,
    records=lambda lens: attempt_records(lens.attempts()),
)
