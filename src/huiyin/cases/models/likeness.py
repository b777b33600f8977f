"""Marks by which alike cases find each other, and to whom a case was escalated."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from huiyin.cases.models.case import Case


class CaseMarks(models.Model):
    """Bands of a case's words: cases that share one may be alike (rules/likeness)."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="marks")
    bands = ArrayField(models.IntegerField())

    class Meta:
        indexes = [GinIndex(fields=["bands"], name="case_marks")]

    def __str__(self) -> str:
        return str(self.case_id)


class CaseEscalation(models.Model):
    """Somebody was told about a case for a reason; once a case and reason."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="escalations")
    why = models.CharField(max_length=20)
    at = models.DateTimeField()
    told = ArrayField(models.BigIntegerField())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "why"], name="escalation_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.why}"
