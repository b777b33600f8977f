"""Visits by the day they were planned on, days to come included; a hit has been done."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Min, Q, QuerySet

from huiyin.insights.queries.lens import DONE, Lens
from huiyin.insights.sources.source import Source, shares
from huiyin.visits.public import Visit


def counts(lens: Lens) -> QuerySet[Any, tuple[Any, ...]]:
    """Planned, and done."""
    return shares("planned", lens.planned_visits(), F("planned_on"), Q(state=DONE))


SOURCE = Source("planned", first=lambda: Visit.objects.aggregate(on=Min("planned_on"))["on"], counts=counts, ahead=True)
