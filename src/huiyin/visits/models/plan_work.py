"""Work on a week's plan that the worker does: drawing, planning again, publishing, and how far it is."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.organisation.public import Staff
from huiyin.visits.models.plan import WeekPlan


class PlanTask(models.TextChoices):
    """What is done to the week."""

    DRAW = "draw", _("Drawing the week")
    FILL_UP = "fill_up", _("Filling up the week")
    REPLAN = "replan", _("Planning the week again")
    PUBLISH = "publish", _("Publishing the plan")


class WorkState(models.TextChoices):
    """Where the work stands. What waits or runs is taken up again by the worker after a crash."""

    WAITING = "waiting", _("Waiting for the worker")
    RUNNING = "running", _("At work")
    DONE = "done", _("Finished")
    CANCELLED = "cancelled", _("Cancelled")
    FAILED = "failed", _("Stopped")


UNFINISHED = (WorkState.WAITING, WorkState.RUNNING)


class PlanWork(models.Model):
    """One piece of work on a week. It is done in one transaction: wholly, or not at all.

    ``step`` is what is being done right now (:mod:`huiyin.visits.rules.work_steps`). ``plan`` is the draft to publish,
    or what was drawn. ``day_most`` are days that must hold no more than so many: ``{"2026-09-22": 30}``. ``failure`` is
    a message to translate: ``{"text", "params"}``. Moments are UTC.
    """

    monday = models.DateField()
    task = models.CharField(max_length=10, choices=PlanTask.choices)
    seed = models.BigIntegerField(default=0)
    day_most = models.JSONField(default=dict)
    plan = models.ForeignKey(WeekPlan, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=WorkState.choices, default=WorkState.WAITING)
    step = models.CharField(max_length=10, blank=True)
    stop_wanted = models.BooleanField(default=False)
    failure = models.JSONField(default=dict)
    asked_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["monday"], condition=Q(state__in=["waiting", "running"]), name="plan_work_one_a_week"
            )
        ]
        indexes = [models.Index(fields=["monday", "-id"], name="plan_work_newest")]

    def __str__(self) -> str:
        return f"{self.monday} {self.task} {self.state}"

    @property
    def working(self) -> bool:
        """Whether it waits for the worker or is being done."""
        return self.state in UNFINISHED
