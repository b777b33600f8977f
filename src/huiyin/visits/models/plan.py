"""A week's plan and why each candidate was chosen or not."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.foundation.recorded import Recorded
from huiyin.organisation.public import Staff
from huiyin.visits.models.policy import PlanRules
from huiyin.visits.rules.planning import Mode


class PlanState(models.TextChoices):
    """A draft changes nothing; the published one is what agents see."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    SUPERSEDED = "superseded", _("Replaced by a newer plan")


class WeekPlan(Recorded):
    """The plan of one week: its seed, the rules it was drawn by, what it aimed at and what gave way (VIS-17).

    ``strata`` is ``[{"band", "store", "store_size", "candidates", "planned"}]``, ``relaxations``
    ``[{"code", "params"}]``, ``passed`` the number of candidates not chosen by reason. ``steps`` prove how good it is:
    ``[{"name", "cost", "bound", "gap"}]``. ``last_drawn`` is the highest number drawn in each band; ``moved`` counts
    the visits that stand elsewhere than in the plan before.
    """

    monday = models.DateField()
    seed = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=PlanState.choices, default=PlanState.DRAFT)
    rules = models.ForeignKey(PlanRules, on_delete=models.PROTECT, related_name="+")
    turn = models.CharField(max_length=10, blank=True)
    target = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    chosen = models.PositiveIntegerField(default=0)
    candidates = models.PositiveIntegerField(default=0)
    band_targets = models.JSONField(default=dict)
    relaxations = models.JSONField(default=list)
    strata = models.JSONField(default=list)
    passed = models.JSONField(default=dict)
    mode = models.CharField(max_length=10, default=Mode.ANEW.value)
    steps = models.JSONField(default=list)
    last_drawn = models.JSONField(default=dict)
    moved = models.PositiveIntegerField(default=0)
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Recorded.Meta):
        ordering = ["-monday", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["monday"], condition=Q(state="draft"), name="plan_draft_once"),
            models.UniqueConstraint(fields=["monday"], condition=Q(state="published"), name="plan_published_once"),
        ]

    def __str__(self) -> str:
        return f"{self.monday} {self.state}"

    @property
    def gap(self) -> float:
        """The widest gap of its steps to their bound, as a share; 0 is proven best."""
        return max((float(step["gap"]) for step in self.steps), default=0.0)


class PlanChoice(models.Model):
    """One candidate of a plan: chosen with place and reasons, or the code of why not and its number in the draw.

    ``was_agent``, ``was_start`` and ``was_end`` say where it stood in the plan that people saw before, if it did;
    ``by_hand``: somebody moved it to its place.
    """

    plan = models.ForeignKey(WeekPlan, on_delete=models.CASCADE, related_name="choices")
    visit = models.ForeignKey("visits.Visit", on_delete=models.CASCADE, related_name="choices")
    chosen = models.BooleanField()
    code = models.CharField(max_length=20)
    place = models.PositiveIntegerField(default=0)
    agent = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    window_start = models.DateTimeField(null=True)
    window_end = models.DateTimeField(null=True)
    band = models.CharField(max_length=12, blank=True)
    because = models.JSONField(default=list)
    was_agent = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    was_start = models.DateTimeField(null=True)
    was_end = models.DateTimeField(null=True)
    by_hand = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "visit"], name="plan_choice_once")]
        indexes = [models.Index(fields=["plan", "window_start", "agent"], name="plan_board", condition=Q(chosen=True))]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.visit_id} {self.code}"

    @property
    def moved(self) -> bool:
        """Whether it stands elsewhere than in the plan before."""
        return self.was_end is not None and (self.was_agent_id, self.was_end) != (self.agent_id, self.window_end)
