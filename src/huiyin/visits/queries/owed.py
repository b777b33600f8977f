"""Answers owed to customers, as far as somebody sees them."""

from __future__ import annotations

from django.db.models import Q

from huiyin.kernel.actor import Actor
from huiyin.kernel.refusal import NotFound
from huiyin.visits.models import OwedAnswer, Visit


def owed_seen_by(actor: Actor, owed_id: int) -> OwedAnswer:
    """An owed answer that is the actor's to give, or belongs to a visit in the actor's area.

    Raises:
        NotFound: neither.
    """
    seen = Q(owner=actor.id) | Q(visit__in=Visit.objects.visible_to(actor).values("pk"))
    rows = OwedAnswer.objects.filter(seen).select_related("visit__customer", "owner", "answered_by")
    found = rows.filter(pk=owed_id).first()
    if found is None:
        raise NotFound
    return found
