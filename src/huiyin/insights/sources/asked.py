"""Questionnaires by the day they were asked; a hit has been answered completely by now."""

from __future__ import annotations

from typing import Any

from django.db.models import Min, Q, QuerySet

from huiyin.insights.queries.lens import Lens
from huiyin.insights.sources.source import Source, day_of, shares
from huiyin.questionnaires.public import Asking

HIT = Q(state="complete")


def counts(lens: Lens) -> QuerySet[Any, tuple[Any, ...]]:
    """Asked, and answered completely."""
    return shares("asked", lens.asked(), day_of("asked_at", lens), HIT)


SOURCE = Source("asked", first=lambda: Asking.objects.aggregate(at=Min("asked_at"))["at"], counts=counts)
