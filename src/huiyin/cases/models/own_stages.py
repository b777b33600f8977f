"""Stages of the company's own within the states of a case, and how long cases were in them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from huiyin.foundation.kept import Settled
from huiyin.foundation.recorded import Recorded
from huiyin.organisation.public import Staff


class OwnStage(Recorded, Settled):
    """A stage such as "sample at the lab" within one state; ``code`` is what clocks name as ``stage:<code>``."""

    code = models.SlugField(max_length=28, unique=True)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=12)
    position = models.PositiveSmallIntegerField(default=0)
    in_use = models.BooleanField(default=True)
    reached_by = models.CharField(max_length=12, blank=True, default="", db_default="")

    class Meta(Recorded.Meta):
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class OwnStageStay(models.Model):
    """A case was in a stage from ``since`` until ``until`` (empty: it still is)."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="own_stays")
    stage = models.ForeignKey(OwnStage, on_delete=models.PROTECT, related_name="stays")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case"], condition=Q(until=None), name="own_stay_one_open")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.stage_id}"
