"""Demand forms, and the wish to have one customer asked."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from huiyin.demand_forms.models.month import UnitMonth
from huiyin.demand_forms.rules.states import (
    FORM_LABELS,
    FORM_TONES,
    WISH_LABELS,
    WISH_OPEN,
    WISH_TONES,
    FormState,
    WishState,
)
from huiyin.demand_forms.rules.units import UnitKey
from huiyin.foundation.choices import choices_of
from huiyin.foundation.recorded import Recorded
from huiyin.kernel.actor import Actor, ActorKind, Scope
from huiyin.organisation.public import Department, Staff, Store


class DemandFormQuerySet(models.QuerySet["DemandForm"]):
    """Forms, by who may see them."""

    def visible_to(self, actor: Actor) -> DemandFormQuerySet:
        """Those one asked for; managers those of their units; customer service's leads and the widest scope all."""
        if actor.kind is ActorKind.SYSTEM or actor.scope is Scope.ALL or actor.may("demand.decide"):
            return self
        if actor.kind is not ActorKind.STAFF:
            return self.none()
        mine = Q(asked_by_id=actor.id)
        if actor.scope is Scope.UNIT:
            mine |= Q(department_id__in=actor.department_ids) | Q(store_id__in=actor.store_ids)
        return self.filter(mine)


class DemandForm(Recorded):
    """What a unit wants to know, from whom and by which day (VIS-9).

    ``kind`` is the code of the kind of visit, ``group`` the rules its customers were chosen by (empty: one by one).
    ``counts_for`` is the month of the unit that it helps to keep.
    """

    title = models.CharField(max_length=80)
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    store = models.ForeignKey(Store, null=True, on_delete=models.PROTECT, related_name="+")
    goal = models.CharField(max_length=300, blank=True)
    questions = ArrayField(models.CharField(max_length=200), default=list)
    kind = models.CharField(max_length=30)
    ways = ArrayField(models.CharField(max_length=10), default=list)
    wanted_by = models.DateField()
    group = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=choices_of(FORM_LABELS), default=FormState.SIGNED_UP)
    counts_for = models.ForeignKey(UnitMonth, null=True, on_delete=models.PROTECT, related_name="forms")
    asked_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[DemandForm]] = DemandFormQuerySet.as_manager()

    class Meta(Recorded.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(department=None, store__isnull=False) | Q(department__isnull=False, store=None),
                name="demand_form_of_one",
            )
        ]
        indexes = [
            models.Index(fields=["-asked_at", "-id"], name="demand_form_newest"),
            models.Index(fields=["asked_at", "id"], name="demand_form_inbox", condition=Q(state="signed_up")),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def unit(self) -> UnitKey:
        """Who asks."""
        return UnitKey(self.department_id, self.store_id)

    @property
    def unit_name(self) -> str:
        """The department's or store's name."""
        return str(self.department or self.store)

    @property
    def label(self) -> str:
        """The state's name as a message id."""
        return FORM_LABELS[self.state]

    @property
    def tone(self) -> str:
        """The state's colour."""
        return FORM_TONES[self.state]

    @property
    def wish_text(self) -> str:
        """What is to be asked, in one text."""
        return "\n".join(part for part in (self.goal, *self.questions) if part)


class Wish(Recorded):
    """One customer of a form, the visit that asks, and what came back.

    ``joined``: the visit was there already, for another reason or another form. ``answers`` stand in the order of the
    form's questions; ``remark`` is what was said beside them or about the goal.
    """

    form = models.ForeignKey(DemandForm, on_delete=models.PROTECT, related_name="wishes")
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=choices_of(WISH_LABELS), default=WishState.WAITING)
    visit = models.ForeignKey("visits.Visit", null=True, on_delete=models.PROTECT, related_name="+")
    joined = models.BooleanField(default=False)
    answers = ArrayField(models.CharField(max_length=1000, blank=True), default=list)
    remark = models.CharField(max_length=1000, blank=True)
    noted_at = models.DateTimeField(null=True)
    noted_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=200, blank=True)

    class Meta(Recorded.Meta):
        ordering = ["id"]

    def __str__(self) -> str:
        return f"wish {self.pk}"

    @property
    def label(self) -> str:
        """The state's name as a message id."""
        return WISH_LABELS[self.state]

    @property
    def tone(self) -> str:
        """The state's colour."""
        return WISH_TONES[self.state]

    @property
    def is_open(self) -> bool:
        """Whether it is still to be asked."""
        return self.state in WISH_OPEN

    @property
    def said(self) -> bool:
        """Whether something was answered."""
        return bool(self.remark) or any(self.answers)
