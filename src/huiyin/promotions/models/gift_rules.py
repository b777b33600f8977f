"""The numbers of gift checks, one version a row."""

from __future__ import annotations

from django.db import models

from huiyin.foundation.kept import Settled
from huiyin.foundation.recorded import Recorded
from huiyin.promotions.rules.numbers import GiftNumbers, numbers_from


class GiftRules(Recorded, Settled):
    """One version of the numbers; a list keeps the version it was handed in under."""

    version = models.PositiveSmallIntegerField(unique=True)
    effective_from = models.DateField()
    calendar = models.CharField(max_length=30, default="standard")
    numbers = models.JSONField(default=dict)
    note = models.CharField(max_length=200, blank=True)

    class Meta(Recorded.Meta):
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"v{self.version}"

    @property
    def gift_numbers(self) -> GiftNumbers:
        """The numbers; Invalid when they contradict each other."""
        return numbers_from(self.numbers)
