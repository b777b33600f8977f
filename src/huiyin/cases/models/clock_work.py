"""Reckoning running clocks anew, by the worker and in slices: what changed, how far it is, what it moved."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from huiyin.organisation.public import Staff


class ClockWorkState(models.TextChoices):
    """Where the work stands. What waits or runs is taken up again by the worker after a crash."""

    WAITING = "waiting", _("Waiting for the worker")
    RUNNING = "running", _("At work")
    DONE = "done", _("Finished")
    CANCELLED = "cancelled", _("Cancelled")


UNFINISHED_WORK = (ClockWorkState.WAITING, ClockWorkState.RUNNING)


class ClockWork(models.Model):
    """One change that running clocks follow: a calendar (``calendar``) or a policy (``policy``) got ``version``.

    Cases up to ``last_id`` have been looked at, ``seen`` of ``total``; ``skipped`` are those somebody was working on,
    to be asked again; ``moved`` promises were reckoned anew, ``left`` cases could not be had in the end. Moments: UTC.
    """

    calendar = models.CharField(max_length=30, blank=True)
    policy = models.CharField(max_length=30, blank=True)
    version = models.PositiveIntegerField()
    effective_from = models.DateField(help_text="Not before this day of the company.")
    state = models.CharField(max_length=10, choices=ClockWorkState.choices, default=ClockWorkState.WAITING)
    stop_wanted = models.BooleanField(default=False)
    total = models.PositiveIntegerField(default=0)
    seen = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)
    last_id = models.BigIntegerField(default=0)
    skipped = ArrayField(models.BigIntegerField(), default=list)
    reason = models.CharField(max_length=200, blank=True)
    asked_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-id"], name="clock_work_newest")]

    def __str__(self) -> str:
        return f"{self.calendar or self.policy} v{self.version} {self.state}"

    @property
    def working(self) -> bool:
        """Whether it waits for the worker or is being done."""
        return self.state in UNFINISHED_WORK
