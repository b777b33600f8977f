"""Months whose promises were made, and how each unit stands with each."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from huiyin.demand_forms.rules.month import STANDING_LABELS, STANDING_TONES, standing
from huiyin.demand_forms.rules.units import UnitKey
from huiyin.foundation.recorded import Recorded
from huiyin.kernel.actor import Actor, ActorKind, Scope
from huiyin.organisation.public import Department, Staff, Store


class DemandMonth(models.Model):
    """A month whose promises have been made, for the units there were; who comes later joins the month after."""

    month = models.DateField(unique=True)
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class UnitMonthQuerySet(models.QuerySet["UnitMonth"]):
    """Months of units, by who may see them."""

    def visible_to(self, actor: Actor) -> UnitMonthQuerySet:
        """All to customer service's leads and to whose scope is all; managers those of their units (ORG-3)."""
        if actor.kind is ActorKind.SYSTEM or actor.scope is Scope.ALL or actor.may("demand.decide"):
            return self
        if actor.scope is not Scope.UNIT:
            return self.none()
        return self.filter(Q(department_id__in=actor.department_ids) | Q(store_id__in=actor.store_ids))


class UnitMonth(Recorded):
    """What one unit owes in one month: ``needed`` forms by ``due_at``; kept by forms or by a reason why none.

    ``month`` is its first day. ``owner`` led the unit when the month was opened.
    """

    month = models.DateField()
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    store = models.ForeignKey(Store, null=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    needed = models.PositiveSmallIntegerField()
    nothing_counts = models.BooleanField()
    due_at = models.DateTimeField()
    handed_in = models.PositiveSmallIntegerField(default=0)
    kept_at = models.DateTimeField(null=True)
    nothing_because = models.CharField(max_length=200, blank=True)

    objects: ClassVar[models.Manager[UnitMonth]] = UnitMonthQuerySet.as_manager()

    class Meta(Recorded.Meta):
        constraints = [
            models.UniqueConstraint(fields=["department", "month"], name="demand_month_of_department"),
            models.UniqueConstraint(fields=["store", "month"], name="demand_month_of_store"),
            models.CheckConstraint(
                condition=Q(department=None, store__isnull=False) | Q(department__isnull=False, store=None),
                name="demand_month_of_one",
            ),
        ]
        indexes = [models.Index(fields=["-month", "id"], name="demand_month_board")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.unit_name}"

    @property
    def unit(self) -> UnitKey:
        """Whose month it is."""
        return UnitKey(self.department_id, self.store_id)

    @property
    def unit_name(self) -> str:
        """The department's or store's name."""
        return str(self.department or self.store)

    def stands(self, now: datetime) -> str:
        """How it stands at ``now``."""
        return standing(self.due_at, self.kept_at, now, nothing=bool(self.nothing_because))

    def words(self, now: datetime) -> tuple[str, str]:
        """Tone and label (a message id) of how it stands at ``now``."""
        code = self.stands(now)
        return STANDING_TONES[code], STANDING_LABELS[code]
