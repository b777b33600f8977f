"""Promises about complaints by the day they were due; a hit was kept in time. They belong where the complaint does."""

from __future__ import annotations

from typing import Any

from django.db.models import Min, OuterRef, Q, QuerySet, Subquery

from huiyin.cases.public import Case
from huiyin.insights.queries.lens import Lens
from huiyin.insights.sources.source import Source, day_of, shares
from huiyin.promises.public import Promise

HIT = Q(state="kept", broken_at=None)


def counts(lens: Lens) -> QuerySet[Any, tuple[Any, ...]]:
    """Due, and kept in time."""
    case = Case.objects.filter(pk=OuterRef("subject_id"))
    places = (Subquery(case.values("department_id")), Subquery(case.values("store_id")))
    return shares("complaints", lens.complaint_promises(), day_of("due_at", lens), HIT, places=places)


SOURCE = Source("complaints", first=lambda: Promise.objects.aggregate(at=Min("due_at"))["at"], counts=counts)
