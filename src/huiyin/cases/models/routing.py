"""Rules by which cases are routed, in versions, and whose turn it is."""

from __future__ import annotations

from django.db import models

from huiyin.foundation.kept import Settled
from huiyin.foundation.recorded import Recorded
from huiyin.organisation.public import Department


class RoutingRules(Recorded, Settled):
    """One version of the ordered rules, as :func:`huiyin.cases.rules.routing.rules_from` reads them."""

    version = models.PositiveIntegerField(unique=True)
    rules = models.JSONField()
    effective_from = models.DateField()

    class Meta(Recorded.Meta):
        ordering = ["version"]

    def __str__(self) -> str:
        return f"v{self.version}"


class CaseTurn(models.Model):
    """Who of a department (with a skill, perhaps) got the last case; locked while the next one is found."""

    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="+")
    skill = models.CharField(max_length=40, blank=True)
    last_id = models.BigIntegerField(default=0, help_text="Key of the person.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["department", "skill"], name="case_turn_once")]

    def __str__(self) -> str:
        return f"{self.department_id} {self.skill}"
