"""How many visits succeeded (VIS-23)."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from huiyin.insights.kpi import Group, Kpi, Unit
from huiyin.insights.queries.lens import Lens
from huiyin.insights.records.visits import DONE, visit_records
from huiyin.kernel.words import gettext_noop as _
from huiyin.questionnaires.public import Figure, scores
from huiyin.visits.public import Visit

TRIED = (DONE, "partial", "not_reached", "refused")


def tried(lens: Lens) -> QuerySet[Visit]:
    """Visits that ended in the period after somebody tried."""
    return lens.visits().filter(lens.inside("ended_at"), state__in=TRIED)


def compute(lens: Lens) -> Figure:
    """Percent of ended visits in which all questions were answered."""
    row = tried(lens).aggregate(n=Count("pk"), hits=Count("pk", filter=Q(state=DONE)))
    return scores.share(row["hits"], row["n"], "success_rate")


KPI = Kpi(
    code="success-rate",
    label=_("Visit success rate"),
    meaning=_("Ended visits in which the right person answered all questions."),
    group=Group.VISITS,
    order=20,
    unit=Unit.PERCENT,
    compute=compute,
    records=lambda lens: visit_records(tried(lens), "ended_at"),
)
