"""A person's notices."""

from __future__ import annotations

from django.db.models import QuerySet

from huiyin.channels.models import StaffNotice
from huiyin.kernel.actor import Actor

COUNTED = 100


def notices_of(actor: Actor) -> QuerySet[StaffNotice]:
    """The person's own notices."""
    return StaffNotice.objects.filter(staff_id=actor.id) if actor.id else StaffNotice.objects.none()


def unread_count(actor: Actor) -> int:
    """How many notices wait to be read, counted up to one hundred."""
    return len(notices_of(actor).filter(read_at=None).values_list("pk")[:COUNTED])
