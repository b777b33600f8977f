"""Parts, and the places where they lie."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from huiyin.foundation.choices import choices_of
from huiyin.foundation.recorded import Recorded
from huiyin.kernel.actor import Actor, ActorKind
from huiyin.organisation.public import Staff, Store
from huiyin.spare_parts.rules.places import PLACE_LABELS, USUAL_UNIT, PlaceKind

KEEPS_ALL = "spare_parts.keep"


class Part(Recorded):
    """One spare part of the catalogue; ``price`` in yuan a unit, ``lead_days`` working days until more comes."""

    number = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    unit = models.CharField(max_length=20, default=USUAL_UNIT)
    price = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    lead_days = models.PositiveSmallIntegerField(default=3)
    fits = models.ManyToManyField("customers.Product", related_name="+", blank=True)
    in_use = models.BooleanField(default=True)

    class Meta(Recorded.Meta):
        constraints = [models.CheckConstraint(condition=Q(price__gte=0), name="part_price_not_negative")]

    def __str__(self) -> str:
        return f"{self.number} {self.called}"

    @property
    def called(self) -> str:
        """The name in the reader's language; the Chinese one where there is no other."""
        return self.name_en if self.name_en and not (get_language() or "").startswith("zh") else self.name


class PlaceQuerySet(models.QuerySet["Place"]):
    """Places, by who keeps them."""

    def kept_by(self, actor: Actor) -> PlaceQuerySet:
        """Those whose stock the actor may change: head office all, a store its own, engineers their van."""
        if actor.kind is ActorKind.CUSTOMER:
            return self.none()
        mine = Q(holder_id=actor.id) if actor.id else Q(pk__in=[])
        if actor.may(KEEPS_ALL):
            if not actor.store_ids:
                return self
            mine |= Q(store_id__in=actor.store_ids)
        return self.filter(mine)


class Place(Recorded):
    """A warehouse or an engineer's van; ``holder`` keeps it, ``store`` is the store it belongs to, if any."""

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=choices_of(PLACE_LABELS), default=PlaceKind.WAREHOUSE.value)
    store = models.ForeignKey(Store, null=True, on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    in_use = models.BooleanField(default=True)

    objects = PlaceQuerySet.as_manager()

    class Meta(Recorded.Meta):
        ordering = ["-kind", "code"]

    def __str__(self) -> str:
        return self.name
