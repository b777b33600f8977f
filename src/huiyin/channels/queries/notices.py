"""A person's notices."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from huiyin.channels.models import StaffNotice
from huiyin.foundation.prepared import Given, prepared
from huiyin.kernel.actor import Actor

COUNTED = 100


def notices_of(actor: Actor) -> QuerySet[StaffNotice]:
    """The person's own notices."""
    return StaffNotice.objects.filter(staff_id=actor.id) if actor.id else StaffNotice.objects.none()


def unread_count(actor: Actor) -> int:
    """How many notices wait to be read, counted up to one hundred."""
    return len(_unread(actor.id)) if actor.id else 0


@prepared
def _unread(staff_id: Given) -> QuerySet[StaffNotice, tuple[Any, ...]]:
    return StaffNotice.objects.filter(staff_id=staff_id, read_at=None).values_list("pk")[:COUNTED]
