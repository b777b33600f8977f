"""Needs as people see them, and what there is to choose from."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from huiyin.kernel.actor import Actor
from huiyin.kernel.refusal import NotFound
from huiyin.spare_parts.models import Need, Part, Place


def needs_about(label: str, pk: int) -> list[Need]:
    """What one subject needs, oldest first."""
    return list(Need.objects.about(label, pk).select_related("part", "place").order_by("id"))


def open_needs(label: str, pk: int) -> int:
    """How many needs of a subject are still open: missing, reserved, or issued and neither used nor given back."""
    return Need.objects.about(label, pk).open().count()


def needs_listed(actor: Actor, which: str = "") -> QuerySet[Need]:
    """The needs in the actor's sight; ``which``: missing, open, or all."""
    rows = Need.objects.told_to(actor).select_related("part", "place", "asked_by")
    if which == "missing":
        return rows.filter(missing__gt=0)
    return rows.open() if which == "open" else rows


def need_seen(actor: Actor, need_id: int) -> Need:
    """One need with its part and place.

    Raises:
        NotFound: there is none, or it is outside the actor's sight.
    """
    need = Need.objects.told_to(actor).select_related("part", "place", "asked_by").filter(pk=need_id).first()
    if need is None:
        raise NotFound
    return need


def part_choices(product_id: int | None = None) -> list[tuple[int, str]]:
    """Parts in use for a choice, those that fit a product first."""
    parts = Part.objects.filter(in_use=True)
    fitting = set(parts.filter(fits=product_id).values_list("pk", flat=True)) if product_id else set()
    found = sorted(parts.order_by("number"), key=lambda part: (part.pk not in fitting, part.number))
    return [(part.pk, f"{part.number} · {part.called}") for part in found]


def place_choices(holder_id: int | None = None) -> list[tuple[int, str]]:
    """Places in use for a choice: warehouses, then vans; ``holder_id`` leaves out the vans of others."""
    places = Place.objects.filter(in_use=True)
    if holder_id is not None:
        places = places.filter(Q(kind="warehouse") | Q(holder_id=holder_id))
    return list(places.values_list("pk", "name"))
