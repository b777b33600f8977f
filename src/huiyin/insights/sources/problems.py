"""Cases in which the customer had a problem, each kind of problem its own measure: ``problem:product-7``."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, F, Min, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat

from huiyin.cases.public import Case
from huiyin.insights.queries.lens import Lens
from huiyin.insights.sources.source import Source, day_of, shares

PREFIX = "problem:"
KINDS = ("complaint", "inquiry", "repair", "return")
CODE = Concat(
    Value(PREFIX), F("topic"), Value("-"), Coalesce(Cast("problem_type_id", CharField()), Value("")),
    output_field=CharField(),
)  # fmt: skip


def problems(lens: Lens) -> QuerySet[Case]:
    """Cases of the period in which the customer had a problem."""
    return lens.cases().filter(kind__in=KINDS)


def counts(lens: Lens) -> QuerySet[Any, tuple[Any, ...]]:
    """Cases by kind of problem."""
    return shares("problems", problems(lens), day_of("received_at", lens), Q(pk=None), measure=CODE)


SOURCE = Source("problems", first=lambda: Case.objects.aggregate(at=Min("received_at"))["at"], counts=counts)
