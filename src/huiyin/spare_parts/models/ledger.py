"""The ledger and what follows from it: rows that are only ever added, and the balance of each part at each place."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from huiyin.organisation.public import Staff
from huiyin.spare_parts.models.catalogue import Part, Place
from huiyin.spare_parts.models.need import Need
from huiyin.spare_parts.rules.ledger import ACCOUNT_LABELS, KIND_LABELS


class Stock(models.Model):
    """How much of a part lies at a place. The database lets none of it fall below zero.

    ``issued`` is out with somebody but still the company's; ``least`` is the free quantity below which the keepers are
    told.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="stock")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="stock")
    free = models.DecimalField(max_digits=12, decimal_places=3, default=0)
    reserved = models.DecimalField(max_digits=12, decimal_places=3, default=0)
    issued = models.DecimalField(max_digits=12, decimal_places=3, default=0)
    least = models.DecimalField(max_digits=12, decimal_places=3, default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "part"], name="stock_once"),
            models.CheckConstraint(
                condition=Q(free__gte=0, reserved__gte=0, issued__gte=0, least__gte=0), name="stock_not_below_zero"
            ),
        ]
        indexes = [models.Index(fields=["part"], name="stock_low", condition=Q(free__lt=F("least")))]

    def __str__(self) -> str:
        return f"{self.place_id}/{self.part_id}"

    @property
    def on_hand(self) -> Decimal:
        """What lies there, free or reserved."""
        return self.free + self.reserved

    @property
    def is_low(self) -> bool:
        """Whether less is free than there should be."""
        return self.free < self.least


class Movement(models.Model):
    """One entry of the ledger: ``quantity`` went from ``source`` to ``target``. Never changed, never deleted.

    An account inside the company has a place, one outside has none.
    """

    at = models.DateTimeField()
    kind = models.CharField(max_length=12)
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="movements")
    quantity = models.DecimalField(max_digits=12, decimal_places=3)
    source = models.CharField(max_length=10)
    source_place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    target = models.CharField(max_length=10)
    target_place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    need = models.ForeignKey(Need, null=True, on_delete=models.PROTECT, related_name="movements")
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    seen: bool
    opens: bool
    """With ``movements_of``: whether the viewer sees the need behind it, and what that is for."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="movement_moves_something"),
            models.CheckConstraint(
                condition=Q(source__in=["free", "reserved", "issued"], source_place__isnull=False)
                | (~Q(source__in=["free", "reserved", "issued"]) & Q(source_place__isnull=True)),
                name="movement_source_place",
            ),
            models.CheckConstraint(
                condition=Q(target__in=["free", "reserved", "issued"], target_place__isnull=False)
                | (~Q(target__in=["free", "reserved", "issued"]) & Q(target_place__isnull=True)),
                name="movement_target_place",
            ),
        ]
        indexes = [models.Index(fields=["part", "-id"], name="movement_of_part")]

    def __str__(self) -> str:
        return f"{self.kind} {self.quantity}"

    @property
    def kind_label(self) -> str:
        """What happened, as a message id."""
        return KIND_LABELS[self.kind]

    @property
    def source_label(self) -> str:
        """The account it left, as a message id."""
        return ACCOUNT_LABELS[self.source]

    @property
    def target_label(self) -> str:
        """The account it entered, as a message id."""
        return ACCOUNT_LABELS[self.target]
