"""Visits by the day they ended; a hit succeeded (VIS-23)."""

from __future__ import annotations

from typing import Any

from django.db.models import Min, Q, QuerySet

from huiyin.insights.queries.lens import DONE, Lens
from huiyin.insights.sources.source import Source, day_of, shares
from huiyin.visits.public import Visit


def counts(lens: Lens) -> QuerySet[Any, tuple[Any, ...]]:
    """Ended, and done."""
    return shares("ended", lens.ended_visits(), day_of("ended_at", lens), Q(state=DONE))


SOURCE = Source("ended", first=lambda: Visit.objects.aggregate(at=Min("ended_at"))["at"], counts=counts)
