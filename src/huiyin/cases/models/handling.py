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
    reason = models.TextField(blank=True)
    lasted = models.DurationField(help_text="Wall time the state before lasted.")
    worked = models.DurationField(help_text="Working time of it, in the calendar of the case's policy.")

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="stage_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.from_state}→{self.to_state}"


class CaseStay(models.Model):
    """The time a case was with a department until it was passed on; where it is now follows from the last one.

    ``worked`` and ``stopped`` are working time in the calendar of the case's policy: what ran, and what stood still.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="stays")
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()
    worked = models.DurationField()
    stopped = models.DurationField()

    class Meta:
        indexes = [
            models.Index(fields=["case", "id"], name="stay_case"),
            models.Index(fields=["department", "until"], name="stay_department"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.department_id}"


class CasePlan(Recorded):
    """One version of the plan: ``steps`` as the customer reads them, the total cost in yuan to be paid by the customer.

    Its steps with their people stand in :class:`CasePlanStep`. ``why`` says what made a new version necessary.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="plans")
    version = models.PositiveSmallIntegerField()
    steps = models.TextField()
    person = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    cost = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    risk = models.TextField(blank=True)
    result = models.TextField(blank=True)
    why = models.TextField(blank=True, db_default="")
    made_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=10, blank=True)
    answered_at = models.DateTimeField(null=True)
    way = models.CharField(max_length=10, blank=True)
    answer_words = models.TextField(blank=True)
    answer_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    scan = models.ForeignKey("cases.Attachment", null=True, on_delete=models.PROTECT, related_name="+")
    reminded_at = models.DateTimeField(null=True, help_text="When the customer was reminded of answering, once.")
    progress_days = models.PositiveSmallIntegerField(
        null=True,
        help_text="Working days after which progress is told, again and again; empty: as the company decides.",
    )

    class Meta(Recorded.Meta):
        constraints = [models.UniqueConstraint(fields=["case", "version"], name="plan_version")]

    def __str__(self) -> str:
        return f"{self.case_id} v{self.version}"


class CasePlanStep(Recorded):
    """One step of a version of the plan: who does what until which day, and what of its cost the customer pays.

    ``internal`` steps, risks and people are ours alone; the customer reads ``text``, the day, the cost and the result.
    """

    plan = models.ForeignKey(CasePlan, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    person = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True)
    cost = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    risk = models.TextField(blank=True)
    result = models.TextField(blank=True)
    internal = models.BooleanField(default=False)

    class Meta(Recorded.Meta):
        constraints = [models.UniqueConstraint(fields=["plan", "position"], name="plan_step_position")]

    def __str__(self) -> str:
        return f"{self.plan_id}.{self.position}"


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
