"""Which of a person's cases need somebody while the person is away (ORG-4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from huiyin.cases.models import Case
from huiyin.organisation.public import Leave


@dataclass(frozen=True)
class Away:
    """Days off, and how many of the person's live cases need somebody before they end."""

    leave: Leave
    in_need: int


@dataclass(frozen=True)
class Load:
    """A person's live cases, and what of them the noted days off touch."""

    live: int
    away: Sequence[Away]


def in_need(staff_id: int, until: datetime) -> QuerySet[Case]:
    """The live cases of a person of which something falls due before ``until``, or whose customer waits for words."""
    return Case.objects.live().filter(_needs(until), owner=staff_id)


def load_of(staff_id: int, today: date) -> Load:
    """A person's live cases now, beside the days off that have not passed (two statements)."""
    leaves = list(Leave.objects.filter(staff=staff_id, last_day__gte=today).order_by("first_day"))
    counts = {f"away_{leave.pk}": Count("pk", filter=_needs(leave.until)) for leave in leaves}
    found = Case.objects.live().filter(owner=staff_id).aggregate(live=Count("pk"), **counts)
    return Load(found["live"], [Away(leave, found[f"away_{leave.pk}"]) for leave in leaves])


def _needs(until: datetime) -> Q:
    return Q(due_at__lt=until) | Q(unanswered_since__isnull=False)
