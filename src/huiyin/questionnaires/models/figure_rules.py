"""What the company decides about figures: which doubtful answers they leave out."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from huiyin.foundation.kept import Settled
from huiyin.foundation.recorded import Recorded
from huiyin.questionnaires.rules.left_out import LEAST_COVERED, LEFT_OUT


def shipped_left_out() -> list[str]:
    """The flags that are left out as shipped."""
    return list(LEFT_OUT)


class FigureRules(Recorded, Settled):
    """One version of which flagged answers figures leave out, and how much (percent) must be covered to weight."""

    version = models.PositiveSmallIntegerField(unique=True)
    effective_from = models.DateField()
    left_out = ArrayField(models.CharField(max_length=20), default=shipped_left_out, blank=True)
    least_covered = models.PositiveSmallIntegerField(default=LEAST_COVERED)

    class Meta(Recorded.Meta):
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"v{self.version}"
