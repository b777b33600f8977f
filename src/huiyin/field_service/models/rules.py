"""The numbers and checks of field service, one version a row."""

from __future__ import annotations

from django.db import models

from huiyin.field_service.rules.numbers import CheckItem, FieldNumbers, checks_from, numbers_from
from huiyin.foundation.kept import Settled
from huiyin.foundation.recorded import Recorded


class FieldRules(Recorded, Settled):
    """One version; a site visit keeps the version it was planned under."""

    version = models.PositiveSmallIntegerField(unique=True)
    effective_from = models.DateField()
    calendar = models.CharField(max_length=30, default="standard")
    numbers = models.JSONField(default=dict)
    checks = models.JSONField(default=list)

    class Meta(Recorded.Meta):
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"v{self.version}"

    @property
    def field_numbers(self) -> FieldNumbers:
        """The numbers."""
        return numbers_from(self.numbers)

    @property
    def check_items(self) -> tuple[CheckItem, ...]:
        """What is checked before the work begins."""
        return checks_from(self.checks)
