"""What a visit brought, with versions, and what is still owed to the customer after it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from huiyin.foundation.recorded import Recorded
from huiyin.organisation.public import Staff
from huiyin.visits.models.visit import Visit


class VisitRecord(Recorded):
    """One version of the record of a visit (VIS-24, VIS-26); the answers stand at its asking.

    ``late`` is set when the first version came later than allowed and never goes away. A correction is a new version
    with its reason.
    """

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="records")
    version = models.PositiveSmallIntegerField(default=1)
    current = models.BooleanField(default=True)
    needs = models.TextField(blank=True)
    suggestions = models.TextField(blank=True)
    emotion = models.CharField(max_length=12, blank=True)
    emotion_note = models.CharField(max_length=300, blank=True)
    notes = models.TextField(blank=True)
    goal_met = models.BooleanField(null=True, blank=True)
    seconds = models.PositiveIntegerField(null=True, blank=True)
    due_at = models.DateTimeField()
    completed_at = models.DateTimeField()
    late = models.BooleanField(default=False)
    author = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta(Recorded.Meta):
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "version"], name="record_version"),
            models.UniqueConstraint(fields=["visit"], condition=Q(current=True), name="record_current"),
        ]

    def __str__(self) -> str:
        return f"record {self.visit_id} v{self.version}"


class OwedAnswer(Recorded):
    """A question beyond the agent's competence: who will answer it, by when, and the answer (VIS-27)."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="owed_answers")
    question = models.TextField()
    owner = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="owed_answers")
    due_at = models.DateTimeField()
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Recorded.Meta):
        indexes = [models.Index(fields=["owner", "due_at"], name="owed_answer", condition=Q(answered_at=None))]

    def __str__(self) -> str:
        return f"owed answer {self.pk}"
