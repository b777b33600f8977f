"""Recordings of calls, and the numbers they are kept by."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from huiyin.contact_ledger.public import Consent
from huiyin.foundation.choices import choices_of
from huiyin.foundation.kept import Settled
from huiyin.foundation.recorded import Recorded
from huiyin.organisation.public import Staff
from huiyin.visits.models.attempt import Attempt
from huiyin.visits.models.visit import Visit
from huiyin.visits.rules.recordings import BECAUSE, STATE_LABELS, RecordingNumbers, RecordingState


class RecordingRules(Recorded, Settled):
    """One version of the numbers of recordings; the newest is in force, without one the shipped ones are."""

    version = models.PositiveIntegerField(unique=True)
    most_mb = models.PositiveSmallIntegerField(default=30)
    keep_days = models.PositiveSmallIntegerField(default=365)

    class Meta(Recorded.Meta):
        constraints = [models.CheckConstraint(condition=Q(keep_days__range=(1, 365)), name="recordings_go_in_a_year")]

    def __str__(self) -> str:
        return f"v{self.version}"

    @property
    def numbers(self) -> RecordingNumbers:
        """The numbers as the rules take them."""
        return RecordingNumbers(self.most_mb, self.keep_days)


class Recording(Recorded):
    """One recording of a call of a visit. The row outlives the file and says what became of it, never what was said.

    ``path`` is where the file is kept; "" when there is none. ``consent`` is the yes it was kept under. One that an
    exchange offers has its ``exchange`` and ``url`` until it is fetched.
    """

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="recordings")
    attempt = models.ForeignKey(Attempt, null=True, blank=True, on_delete=models.PROTECT, related_name="recordings")
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+")
    consent = models.ForeignKey(Consent, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    phone_call_id = models.BigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=choices_of(STATE_LABELS), default=RecordingState.WAITING)
    because = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=4, blank=True)
    size = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    path = models.CharField(max_length=200, blank=True)
    exchange_id = models.BigIntegerField(null=True, blank=True)
    url = models.CharField(max_length=500, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta(Recorded.Meta):
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(path="") | Q(state__in=[RecordingState.KEPT, RecordingState.REMOVING]),
                name="recording_file_only_while_kept",
            )
        ]
        indexes = [
            models.Index(fields=["recorded_at", "id"], name="recording_ages", condition=Q(state="kept")),
            models.Index(fields=["next_try_at", "id"], name="recording_waits", condition=Q(state="waiting")),
            models.Index(fields=["id"], name="recording_goes", condition=Q(state="removing")),
            models.Index(fields=["path"], name="recording_path", condition=~Q(path="")),
        ]

    def __str__(self) -> str:
        return f"recording {self.pk}"

    @property
    def why(self) -> str:
        """Why it is not kept, as a message id; "" when it is."""
        return BECAUSE.get(self.because, "")
