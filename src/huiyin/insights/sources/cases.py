"""Cases by the day they were received, once they can be judged; a hit is settled."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Min, Q, QuerySet

from huiyin.cases.public import Case
from huiyin.insights.queries.lens import ENDED, Lens
from huiyin.insights.sources.source import Source, day_of, shares


def counts(lens: Lens) -> QuerySet[Any, tuple[Any, ...]]:
    """Judged, and settled."""
    return shares("cases", lens.judged_cases(), day_of("received_at", lens), Q(settled_at__isnull=False))


def good_until(lens: Lens) -> dict[date, datetime]:
    """By day, when the next of its cases that are in time no longer is."""
    running = lens.cases().filter(settled_at=None, due_at__gt=lens.now).exclude(state__in=ENDED)
    by_day = running.order_by().annotate(on_day=day_of("received_at", lens)).values_list("on_day")
    return dict(by_day.annotate(next=Min("due_at")))


SOURCE = Source(
    "cases",
    first=lambda: Case.objects.aggregate(at=Min("received_at"))["at"],
    counts=counts,
    good_until=good_until,
)
