"""Dials; a hit was connected."""

from __future__ import annotations

from typing import Any

from django.db.models import Min, Q, QuerySet

from huiyin.insights.queries.lens import Lens
from huiyin.insights.sources.source import Source, day_of, shares
from huiyin.visits.public import Attempt

HIT = Q(line="connected")


def counts(lens: Lens) -> QuerySet[Any, tuple[Any, ...]]:
    """Dials, and connected ones, where their visit belongs."""
    places = ("visit__department_id", "visit__store_id")
    return shares("dials", lens.attempts(), day_of("at", lens), HIT, places=places)


SOURCE = Source("dials", first=lambda: Attempt.objects.aggregate(at=Min("at"))["at"], counts=counts)
