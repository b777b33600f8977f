"""A site visit, and who may see it."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from huiyin.cases.public import Case
from huiyin.field_service.models.rules import FieldRules
from huiyin.field_service.rules.words import OPEN, VISIT_LABELS, VISIT_TONES, VisitState
from huiyin.foundation.choices import choices_of
from huiyin.foundation.recorded import Recorded
from huiyin.kernel.actor import Actor, ActorKind, Scope
from huiyin.organisation.public import Staff


class SiteVisitQuerySet(models.QuerySet["SiteVisit"]):
    """Site visits, by who may see them."""

    def visible_to(self, actor: Actor) -> SiteVisitQuerySet:
        """One's own, and those of cases that one sees."""
        if actor.scope is Scope.ALL:
            return self
        if actor.kind is not ActorKind.STAFF:
            return self.none()
        return self.filter(Q(engineer_id=actor.id) | Q(case__in=Case.objects.visible_to(actor).values("pk")))

    def open(self) -> SiteVisitQuerySet:
        """Those neither done nor called off."""
        return self.filter(state__in=sorted(OPEN))


class Stretch(Func):
    """The time of an appointment as a range, its end left open."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class SiteVisit(Recorded):
    """One appointment of an engineer at a customer's for a case. Moments are UTC.

    ``address`` and ``contact_phone`` are masked on pages until somebody looks; ``area`` is what everybody sees.
    ``token`` is the customer's link. ``task`` is the case's task that ends with the signed report.
    """

    number = models.CharField(max_length=40, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="site_visits")
    task = models.OneToOneField("cases.CaseTask", null=True, on_delete=models.PROTECT, related_name="site_visit")
    engineer = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=choices_of(VISIT_LABELS), default=VisitState.PLANNED.value)
    start_at = models.DateTimeField()
    end_at = models.DateTimeField()
    purpose = models.CharField(max_length=500, blank=True)
    contact_name = models.CharField(max_length=80, blank=True)
    contact_phone = models.CharField(max_length=30, blank=True)
    area = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=400, blank=True)
    rules = models.ForeignKey(FieldRules, on_delete=models.PROTECT, related_name="+")
    token = models.CharField(max_length=64, unique=True)
    link_until = models.DateTimeField()
    told_way = models.CharField(max_length=10, blank=True)
    asked_words = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField(null=True)
    moved_times = models.PositiveSmallIntegerField(default=0)
    on_way_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    why_cancelled = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager[SiteVisit]] = SiteVisitQuerySet.as_manager()

    class Meta(Recorded.Meta):
        constraints = [
            ExclusionConstraint(
                name="site_visit_not_double_booked",
                expressions=[
                    ("engineer", RangeOperators.EQUAL),
                    (Stretch(F("start_at"), F("end_at"), RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=["planned", "on_way", "arrived", "working"]),
            ),
            models.CheckConstraint(condition=Q(end_at__gt=F("start_at")), name="site_visit_in_order"),
        ]
        indexes = [
            models.Index(fields=["engineer", "start_at", "id"], name="site_visit_day"),
            models.Index(fields=["start_at", "id"], name="site_visit_time"),
            models.Index(fields=["case", "id"], name="site_visit_case"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def state_label(self) -> str:
        """The state's name as a message id."""
        return VISIT_LABELS[self.state]

    @property
    def tone(self) -> str:
        """The state's colour."""
        return VISIT_TONES[self.state]

    @property
    def is_open(self) -> bool:
        """Whether it is neither done nor called off."""
        return self.state in OPEN

    def link_good(self, now: datetime) -> bool:
        """Whether the customer's link still leads anywhere."""
        return now < self.link_until
