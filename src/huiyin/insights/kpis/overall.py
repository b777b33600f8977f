"""The overall score."""

from __future__ import annotations

from huiyin.insights.kpi import Group, Kpi, Unit
from huiyin.insights.queries.lens import Lens
from huiyin.insights.records.askings import scored_askings
from huiyin.kernel.words import gettext_noop as _
from huiyin.questionnaires.public import OPINION, Figure, scores


def compute(lens: Lens) -> Figure:
    """Mean of the customers' own means on 1–5."""
    return scores.mean_of_sums(lens.sums_of("mean"), 1, 5, "overall")


KPI = Kpi(
    code="overall",
    label=_("Overall score"),
    meaning=_("Each customer's mean over the dimensions answered, then the mean of the customers."),
    group=Group.SATISFACTION,
    order=10,
    unit=Unit.SCORE,
    compute=compute,
    records=lambda lens: scored_askings(lens, *OPINION),
)
