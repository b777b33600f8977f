"""Which cases need somebody while their owner is away."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q


def falls_due_by(until: datetime) -> Q:
    """Cases of which something is due before the moment, or whose customer waits for an answer."""
    return Q(due_at__lt=until) | Q(unanswered_since__isnull=False)
