"""Whoever sees a case sees what it needs of spare parts."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from huiyin.cases.actions.parts import LABEL
from huiyin.cases.models import Case
from huiyin.kernel.actor import Actor
from huiyin.spare_parts.public import Sight


def seen_case(actor: Actor, key: Any) -> QuerySet[Any, Any]:
    """The case, if its page opens to the actor."""
    rows = Case.objects.visible_to(actor) if actor.may("cases.see") else Case.objects.none()
    return rows.filter(pk=key)


SIGHT = [Sight(LABEL, seen_case)]
