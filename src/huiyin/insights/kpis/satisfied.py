"""The share of satisfied customers, with the target of 85 % (QST-3)."""

from __future__ import annotations

from huiyin.insights.kpi import Group, Kpi, Unit
from huiyin.insights.queries.lens import Lens
from huiyin.insights.queries.weighing import weigh_share
from huiyin.insights.records.askings import scored_askings
from huiyin.insights.records.record import Records
from huiyin.insights.rules.tally import Tallies
from huiyin.insights.sources.answered import MEAN
from huiyin.kernel.words import gettext_noop as _
from huiyin.questionnaires.public import OPINION, Figure, scores


def figure(of: Tallies) -> Figure:
    """Percent of customers whose own mean is 4 or more."""
    return scores.share(of[MEAN].hits, of[MEAN].n, "satisfied_share")


def records(lens: Lens) -> Records:
    """The same customers; a hit is a satisfied one."""
    return scored_askings(lens, *OPINION, hit=lambda mean: mean >= scores.SATISFIED)


KPI = Kpi(
    code="satisfied",
    label=_("Satisfied customers"),
    meaning=_("Customers whose own mean over the dimensions is 4 or more."),
    group=Group.SATISFACTION,
    order=20,
    unit=Unit.PERCENT,
    source="answered",
    figure=figure,
    records=records,
    target=85.0,
    weigh=weigh_share(MEAN),
)
