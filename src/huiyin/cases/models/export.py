"""Files that the worker writes because they are long: what is asked for, how far it is, where the file is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiyin.organisation.public import Staff


class ExportState(models.TextChoices):
    """Where the work stands. What waits or runs is taken up again by the worker after a crash."""

    WAITING = "waiting", _("Waiting for the worker")
    RUNNING = "running", _("At work")
    DONE = "done", _("Finished")
    CANCELLED = "cancelled", _("Cancelled")


class TableExport(models.Model):
    """The problem tracking table as a file: ``wanted`` is the filter, ``done`` rows of ``total`` are written.

    ``file`` is its place in the store; it goes after some days. Only who asked for it may have it. Moments are UTC.
    """

    wanted = models.JSONField()
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=ExportState.choices, default=ExportState.WAITING)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    stop_wanted = models.BooleanField(default=False)
    file = models.CharField(max_length=200, blank=True)
    asked_by = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"

    @property
    def working(self) -> bool:
        """Whether it waits for the worker or is being written."""
        return self.state in (ExportState.WAITING, ExportState.RUNNING)
