"""What a company says and does again and again: answer templates in versions, and macros."""

from __future__ import annotations

from django.db import models

from huiyin.foundation.recorded import Recorded
from huiyin.organisation.public import Department, Staff


class AnswerTemplate(Recorded):
    """One version of an answer; ``kind``, ``topic`` and ``department`` say which cases it is offered for (empty: all).

    ``text`` is Chinese, ``text_en`` English (empty: the Chinese one is used); both may hold ``{variables}``.
    """

    code = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    effective_from = models.DateField()
    name = models.CharField(max_length=80)
    text = models.TextField()
    text_en = models.TextField(blank=True)
    kind = models.CharField(max_length=20, blank=True)
    topic = models.CharField(max_length=20, blank=True)
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    retired = models.BooleanField(default=False)

    class Meta(Recorded.Meta):
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="answer_template_version")]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"


class Macro(Recorded):
    """Steps that run as one action (:mod:`huiyin.cases.rules.changes`), of one person, a department, or everybody."""

    name = models.CharField(max_length=80)
    owner = models.ForeignKey(Staff, null=True, on_delete=models.CASCADE, related_name="+")
    department = models.ForeignKey(Department, null=True, on_delete=models.CASCADE, related_name="+")
    steps = models.JSONField(default=list)
    made_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    in_use = models.BooleanField(default=True)

    class Meta(Recorded.Meta):
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name
