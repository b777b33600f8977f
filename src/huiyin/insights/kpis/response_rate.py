"""How many of the customers asked answered completely."""

from __future__ import annotations

from django.db.models import Count, Q

from huiyin.insights.kpi import Group, Kpi, Unit
from huiyin.insights.queries.lens import Lens
from huiyin.insights.records.askings import asked_askings
from huiyin.kernel.words import gettext_noop as _
from huiyin.questionnaires.public import Figure, scores


def compute(lens: Lens) -> Figure:
    """Percent of the questionnaires asked in the period that are answered completely by now."""
    row = lens.asked().aggregate(n=Count("pk"), hits=Count("pk", filter=Q(state="complete")))
    return scores.response_rate(row["hits"], row["n"])


KPI = Kpi(
    code="response-rate",
    label=_("Response rate"),
    meaning=_("Questionnaires asked in the period that have been answered completely."),
    group=Group.SATISFACTION,
    order=70,
    unit=Unit.PERCENT,
    compute=compute,
    records=lambda lens: asked_askings(lens.asked()),
)
