"""Whoever sees a case sees its customer."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from huiyin.cases.models import Case
from huiyin.kernel.actor import Actor


def customers_of_seen_cases(actor: Actor) -> QuerySet[Any, Any]:
    """The ids of the customers of the cases in sight."""
    return Case.objects.visible_to(actor).filter(customer__isnull=False).values("customer_id")


REACH = [customers_of_seen_cases]
