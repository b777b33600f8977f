"""Whoever goes on a site visit sees the spare parts of its case, and gives back what is left of them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from huiyin.cases.public import Case
from huiyin.field_service.models import SiteVisit
from huiyin.kernel.actor import Actor
from huiyin.spare_parts.public import Sight


def own_visit(actor: Actor, key: Any) -> QuerySet[Any, Any]:
    """The site visits of the case that are the actor's own."""
    return SiteVisit.objects.filter(engineer_id=actor.staff_id or 0, case_id=key)


SIGHT = [Sight(Case._meta.label_lower, own_visit, opens=False)]
