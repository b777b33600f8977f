"""Policies as data, with versions: clocks, triage weights, routing, numbers of conduct, problem types."""

from __future__ import annotations

from django.db import models

from huiyin.foundation.kept import Settled
from huiyin.foundation.recorded import Recorded


class SlaPolicy(Recorded, Settled):
    """One version of a set of clocks; ``chosen`` marks the set new cases get from ``effective_from`` on (SLA-1)."""

    code = models.CharField(max_length=30)
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    calendar = models.CharField(max_length=30, default="standard")
    clocks = models.JSONField()
    pauses = models.JSONField(default=list)
    effective_from = models.DateTimeField()
    chosen = models.BooleanField(default=False)

    class Meta(Recorded.Meta):
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="sla_version")]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"


class CaseRules(Recorded, Settled):
    """One version of the triage weights, the routing table or the numbers of conduct."""

    kind = models.CharField(max_length=10)
    version = models.PositiveIntegerField()
    data = models.JSONField()
    effective_from = models.DateTimeField()

    class Meta(Recorded.Meta):
        constraints = [models.UniqueConstraint(fields=["kind", "version"], name="case_rules_version")]

    def __str__(self) -> str:
        return f"{self.kind} v{self.version}"


class ProblemType(Recorded):
    """A node of the tree of problem types; ``topic`` is what it implies."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80, blank=True)
    topic = models.CharField(max_length=20, blank=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    in_use = models.BooleanField(default=True)

    class Meta(Recorded.Meta):
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name
