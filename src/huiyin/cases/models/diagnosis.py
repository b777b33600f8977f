"""What was found out about a case before it was planned."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from huiyin.cases.models.case import Case
from huiyin.foundation.recorded import Recorded
from huiyin.organisation.public import Department, Staff


class CaseDiagnosis(Recorded):
    """One diagnosis; the newest holds. ``past_cases`` are numbers, ``helped`` says whether guidance was enough."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="diagnoses")
    cause = models.TextField()
    guidance = models.TextField(blank=True)
    helped = models.BooleanField(null=True)
    knowledge = models.TextField(blank=True)
    past_cases = ArrayField(models.CharField(max_length=24), default=list)
    handed_to = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    handed_person = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.case_id} {self.at:%Y-%m-%d}"
