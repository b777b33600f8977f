"""How many dials reached the customer."""

from __future__ import annotations

from django.db.models import Count, Q

from huiyin.insights.kpi import Group, Kpi, Unit
from huiyin.insights.queries.lens import Lens
from huiyin.insights.records.visits import CONNECTED, attempt_records
from huiyin.kernel.words import gettext_noop as _
from huiyin.questionnaires.public import Figure, scores


def compute(lens: Lens) -> Figure:
    """Percent of dials that were connected."""
    row = lens.attempts().aggregate(n=Count("pk"), hits=Count("pk", filter=Q(line=CONNECTED)))
    return scores.share(row["hits"], row["n"], "connect_rate")


KPI = Kpi(
    code="connect-rate",
    label=_("Connect rate"),
    meaning=_("Dials that reached the customer."),
    group=Group.VISITS,
    order=10,
    unit=Unit.PERCENT,
    compute=compute,
    records=lambda lens: attempt_records(lens.attempts()),
)
