"""Policies as data, with versions: clocks, triage weights, routing, numbers of conduct, problem types."""

from __future__ import annotations

from django.db import models

from huiyin.foundation.kept import Settled
from huiyin.foundation.recorded import Recorded


class SlaPolicy(Recorded, Settled):
    """One version of a set of clocks, which holds from a day on (SLA-1).

    ``filter`` says which cases it is for (empty: every case). ``follows_calendar``: its running clocks are reckoned
    anew when the calendar changes; ``moves_running``: cases under an earlier version get it once it holds (SLA-6).
    """

    code = models.CharField(max_length=30)
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    calendar = models.CharField(max_length=30, default="standard")
    filter = models.JSONField(default=dict)
    clocks = models.JSONField()
    pauses = models.JSONField(default=list)
    follows_calendar = models.BooleanField(default=False)
    moves_running = models.BooleanField(default=False)
    effective_from = models.DateField()

    class Meta(Recorded.Meta):
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="sla_version")]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"


class SlaList(Recorded, Settled):
    """One version of the list: the codes of the policies in use, in the order in which they are asked."""

    version = models.PositiveIntegerField(unique=True)
    codes = models.JSONField(default=list)
    effective_from = models.DateField()

    def __str__(self) -> str:
        return f"v{self.version}"


class Agreement(Recorded, Settled):
    """What was agreed with one customer: from ``valid_from`` to ``valid_to`` (None: until further notice), the days
    included, its cases have the clocks of the policy ``policy``, before the list is asked.
    """

    code = models.CharField(max_length=40, unique=True)
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="service_agreements")
    policy = models.CharField(max_length=30)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta(Recorded.Meta):
        ordering = ["-valid_from", "-pk"]

    def __str__(self) -> str:
        return self.code


class CaseRules(Recorded, Settled):
    """One version of a kind: triage weights, escalation table, numbers of conduct or of likeness."""

    kind = models.CharField(max_length=10)
    version = models.PositiveIntegerField()
    data = models.JSONField()
    effective_from = models.DateTimeField()

    class Meta(Recorded.Meta):
        constraints = [models.UniqueConstraint(fields=["kind", "version"], name="case_rules_version")]

    def __str__(self) -> str:
        return f"{self.kind} v{self.version}"


class ProblemType(Recorded, Settled):
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
