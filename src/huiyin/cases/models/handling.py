"""What was done about a case: its stages, plans, verdicts and revisits."""

from __future__ import annotations

from django.db import models

from huiyin.cases.models.case import Case
from huiyin.foundation.recorded import Recorded
from huiyin.organisation.public import Department, Staff


class CaseStage(models.Model):
    """One change of state, as a fact: from, to, when, who, why, and how long the state before had lasted."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="stages")
    verb = models.CharField(max_length=20)
    from_state = models.CharField(max_length=12, blank=True)
    to_state = models.CharField(max_length=12)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    lasted = models.DurationField(help_text="Wall time the state before lasted.")
    worked = models.DurationField(help_text="Working time of it, in the calendar of the case's policy.")

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="stage_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.from_state}→{self.to_state}"


class CasePlan(Recorded):
    """One version of the plan, in words the customer understands; cost in yuan, to be paid by the customer."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="plans")
    version = models.PositiveSmallIntegerField()
    steps = models.TextField()
    person = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    cost = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    risk = models.TextField(blank=True)
    result = models.TextField(blank=True)
    made_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=10, blank=True)
    answered_at = models.DateTimeField(null=True)
    way = models.CharField(max_length=10, blank=True)
    answer_words = models.TextField(blank=True)
    answer_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Recorded.Meta):
        constraints = [models.UniqueConstraint(fields=["case", "version"], name="plan_version")]

    def __str__(self) -> str:
        return f"{self.case_id} v{self.version}"


class CaseVerdict(Recorded):
    """What the customer said about the result, by link or to a person."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="verdicts")
    verdict = models.CharField(max_length=10)
    score = models.PositiveSmallIntegerField(null=True)
    words = models.TextField(blank=True)
    way = models.CharField(max_length=10)
    at = models.DateTimeField()
    taken_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Recorded.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score=None) | models.Q(score__range=(1, 5)), name="verdict_score_1_5"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.verdict}"


class CaseRevisit(Recorded):
    """The outcome of a revisit made by someone other than the handler; the second score against the first."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="revisits")
    outcome = models.CharField(max_length=10)
    score = models.PositiveSmallIntegerField(null=True)
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    made_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=60, blank=True)
    source_id = models.BigIntegerField(null=True)

    class Meta(Recorded.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score=None) | models.Q(score__range=(1, 5)), name="revisit_score_1_5"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.outcome}"
