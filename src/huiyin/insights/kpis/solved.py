"""How many of the cases received have been settled."""

from __future__ import annotations

from django.db.models import Count, Q

from huiyin.cases.public import Case
from huiyin.insights.kpi import Group, Kpi, Unit
from huiyin.insights.queries.lens import Lens
from huiyin.insights.records.cases import case_records
from huiyin.insights.records.record import Records
from huiyin.kernel.words import gettext_noop as _
from huiyin.questionnaires.public import Figure, scores


def compute(lens: Lens) -> Figure:
    """Percent of the cases received in the period that are settled by now."""
    row = lens.cases().aggregate(n=Count("pk"), hits=Count("pk", filter=Q(settled_at__isnull=False)))
    return scores.share(row["hits"], row["n"], "solved")


def records(lens: Lens) -> Records:
    """The cases received; a hit is settled."""
    return case_records(lens.cases(), _settled)


def _settled(case: Case) -> bool:
    return case.settled_at is not None


KPI = Kpi(
    code="solved",
    label=_("Cases settled"),
    meaning=_("Cases received in the period that have been settled since."),
    group=Group.CASES,
    order=30,
    unit=Unit.PERCENT,
    compute=compute,
    records=records,
)
