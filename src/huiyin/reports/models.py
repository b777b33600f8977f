"""Reports that are due, what became of them, their files, and the rules when they are due (REP-1, REP-2)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.foundation.recorded import Recorded
from huiyin.insights.public import Period, read_period
from huiyin.kernel.actor import Actor, ActorKind, Scope
from huiyin.organisation.public import Department, Staff
from huiyin.reports.kind import ReportKind, report_kind
from huiyin.reports.rules.due import DueRule
from huiyin.reports.rules.way import STATE_LABELS, ReportState


class ReportRule(Recorded):
    """When reports of a kind are due and whose they are (no department: customer service's).

    ``correct_hours`` (after a return) and ``decide_hours`` are working hours.
    """

    kind = models.CharField(max_length=30, unique=True)
    is_active = models.BooleanField(default=True)
    days_after = models.PositiveSmallIntegerField(default=0)
    at = models.TimeField()
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    correct_hours = models.PositiveSmallIntegerField(default=4)
    decide_hours = models.PositiveSmallIntegerField(default=8)

    class Meta(Recorded.Meta):
        ordering = ["kind"]

    def __str__(self) -> str:
        return self.kind

    def as_rule(self) -> DueRule:
        """The rule as the rules of the room reckon with it."""
        return DueRule(self.days_after, self.at)


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports, by who may see them."""

    def visible_to(self, actor: Actor) -> ReportQuerySet:
        """Published ones for everybody of the company; the others for their department and for who sees all."""
        if actor.scope is Scope.ALL:
            return self
        if actor.kind is not ActorKind.STAFF:
            return self.none()
        return self.filter(Q(state=ReportState.PUBLISHED) | Q(department_id__in=actor.department_ids))


class Report(Recorded):
    """One report on one period, made ahead of its time. ``late`` is decided by the first submission and stays.

    ``document`` are the cells as submitted; ``digest`` is the SHA-256 of the file they were written to.
    """

    kind = models.CharField(max_length=30)
    period = models.CharField(max_length=10)
    name = models.CharField(max_length=80)
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=9,
        default=ReportState.DRAFT.value,
        choices=[(str(code), label) for code, label in STATE_LABELS.items()],
    )
    due_at = models.DateTimeField()
    late = models.BooleanField(default=False)
    first_submitted_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    returned_because = models.CharField(max_length=300, blank=True)
    document = models.JSONField(null=True)
    digest = models.CharField(max_length=64, blank=True)

    objects: ClassVar[models.Manager[Report]] = ReportQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name = _("report")
        constraints = [models.UniqueConstraint(fields=["kind", "period"], name="report_once")]
        indexes = [
            models.Index(fields=["-due_at", "-id"], name="report_due"),
            models.Index(fields=["-published_at", "-id"], name="report_published", condition=Q(state="published")),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def about(self) -> Period:
        """The period it is on."""
        return read_period(self.period)

    @property
    def is_kind(self) -> ReportKind:
        """Its kind."""
        return report_kind(self.kind)

    @property
    def state_label(self) -> str:
        """The state's name as a message id."""
        return STATE_LABELS[self.state]


class ReportFile(models.Model):
    """The bytes of a submitted file, found by their SHA-256; the same file is kept once."""

    digest = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.digest
