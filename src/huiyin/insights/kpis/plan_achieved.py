"""How much of the plan was carried out."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from huiyin.insights.kpi import Group, Kpi, Unit
from huiyin.insights.queries.lens import Lens
from huiyin.insights.records.visits import DONE, visit_records
from huiyin.kernel.words import gettext_noop as _
from huiyin.questionnaires.public import Figure, scores
from huiyin.visits.public import Visit


def planned(lens: Lens) -> QuerySet[Visit]:
    """Visits planned on a day of the period."""
    days = lens.visits().filter(planned_on__gte=lens.period.first, planned_on__lt=lens.period.after)
    return days.exclude(state="cancelled")


def compute(lens: Lens) -> Figure:
    """Percent of the planned visits that were done."""
    row = planned(lens).aggregate(n=Count("pk"), hits=Count("pk", filter=Q(state=DONE)))
    return scores.share(row["hits"], row["n"], "plan_achieved")


KPI = Kpi(
    code="plan-achieved",
    label=_("Plan achieved"),
    meaning=_("Visits planned in the period that have been done."),
    group=Group.VISITS,
    order=30,
    unit=Unit.PERCENT,
    compute=compute,
    records=lambda lens: visit_records(planned(lens), "planned_on"),
)
