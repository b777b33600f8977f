"""A person's notices."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from huiyin.channels.models import StaffNotice
from huiyin.kernel.actor import Actor

COUNTED = 100


def notices_of(actor: Actor) -> QuerySet[StaffNotice]:
    """The person's own notices."""
    return StaffNotice.objects.filter(staff_id=actor.id) if actor.id else StaffNotice.objects.none()


def unread_count(actor: Actor) -> int:
    """How many notices wait to be read, counted up to one hundred."""
    return unread_of(actor.id)[:COUNTED].count() if actor.id else 0


def unread_of(staff_id: Any) -> QuerySet[StaffNotice]:
    """Notices that a person has not read yet."""
    return StaffNotice.objects.filter(staff_id=staff_id, read_at=None)
