"""The overall score."""

from __future__ import annotations

from huiyin.insights.kpi import Group, Kpi, Unit, mean_of
from huiyin.insights.queries.weighing import weigh_mean
from huiyin.insights.records.askings import scored_askings
from huiyin.insights.rules.tally import Tallies
from huiyin.insights.sources.answered import MEAN
from huiyin.kernel.words import gettext_noop as _
from huiyin.questionnaires.public import OPINION, Figure


def figure(of: Tallies) -> Figure:
    """Mean of the customers' own means on 1–5."""
    return mean_of(of[MEAN], 1, 5, "overall")


KPI = Kpi(
    code="overall",
    label=_("Overall score"),
    meaning=_("Each customer's mean over the dimensions answered, then the mean of the customers."),
    group=Group.SATISFACTION,
    order=10,
    unit=Unit.SCORE,
    source="answered",
    figure=figure,
    records=lambda lens: scored_askings(lens, *OPINION),
    weigh=weigh_mean(MEAN),
)
