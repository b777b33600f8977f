"""Many cases changed in one go: what was chosen, what was done to each, and what it was before."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.cases.models.case import Case
from huiyin.organisation.public import Staff


class BulkState(models.TextChoices):
    """Where the work stands."""

    CHOOSING = "choosing", _("Not begun")
    WAITING = "waiting", _("Waits for the worker")
    RUNNING = "running", _("Being done")
    DONE = "done", _("Finished")
    STOPPED = "stopped", _("Stopped")


BUSY = (BulkState.WAITING, BulkState.RUNNING)


class BulkWork(models.Model):
    """One change to many cases, or the taking back of one (``undoes``).

    ``changes`` are the steps in order (:mod:`huiyin.cases.rules.changes`); ``undo_until`` is set when it ends.
    """

    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    changes = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=BulkState.choices, default=BulkState.CHOOSING)
    stop_wanted = models.BooleanField(default=False)
    undoes = models.OneToOneField("self", null=True, on_delete=models.CASCADE, related_name="undone_by")
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    undo_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["asked_by", "-id"], name="bulk_of_staff")]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"

    @property
    def busy(self) -> bool:
        """Whether it waits for the worker or is being done."""
        return self.state in BUSY


class ItemState(models.TextChoices):
    """What became of one case."""

    WAITING = "waiting", _("Still to do")
    DONE = "done", _("Case changed")
    SAME = "same", _("Was so already")
    REFUSED = "refused", _("Not changed")


class BulkItem(models.Model):
    """One case of a work; ``before`` and ``after`` hold the fields that changed, ``made`` what was added (keys).

    ``why`` is the refusal as a message: ``{"text", "params"}``.
    """

    work = models.ForeignKey(BulkWork, on_delete=models.CASCADE, related_name="items")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=ItemState.choices, default=ItemState.WAITING)
    why = models.JSONField(default=dict, db_default={})
    before = models.JSONField(default=dict, db_default={})
    after = models.JSONField(default=dict, db_default={})
    made = models.JSONField(default=dict, db_default={})

    class Meta:
        constraints = [models.UniqueConstraint(fields=["work", "case"], name="bulk_item_once")]
        indexes = [
            models.Index(fields=["work", "case"], name="bulk_item_waiting", condition=Q(state="waiting")),
            models.Index(fields=["work", "state", "case"], name="bulk_item_state"),
        ]

    def __str__(self) -> str:
        return f"{self.work_id} {self.case_id} {self.state}"
