"""Whoever sees a visit sees its customer."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from huiyin.kernel.actor import Actor
from huiyin.visits.models import Visit


def customers_of_seen_visits(actor: Actor) -> QuerySet[Any, Any]:
    """The ids of the customers of the visits in sight."""
    return Visit.objects.visible_to(actor).values("customer_id")


REACH = [customers_of_seen_visits]
