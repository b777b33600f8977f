"""Every dial, as it was."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Value

from huiyin.foundation.choices import choices_of
from huiyin.foundation.recorded import Recorded
from huiyin.organisation.public import Staff
from huiyin.visits.models.visit import Visit
from huiyin.visits.rules.attempts import BUSINESS_LABELS, LINE_LABELS
from huiyin.visits.rules.talking import minutes_of

NOBODY_ELSE = Value([], ArrayField(models.BigIntegerField()))


class Attempt(Recorded):
    """One dial: what the line said, what the call brought, how long it took. ``number`` is kept masked.

    ``override`` is the code of the contact rule that was overridden, with the reason. ``also_for`` are the visits that
    were to be made with ``visit`` in the same call: the dial counts for them as well. ``sub_result`` is a code of the
    company's own list; ``finer`` its name, where it is shown. A dial that an exchange made has its ``phone_call_id``
    and what the line itself said (``heard``, with its own code), beside what the agent says it said.
    """

    finer = ""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="attempts")
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, default="phone")
    number = models.CharField(max_length=30, blank=True)
    line = models.CharField(max_length=15, choices=choices_of(LINE_LABELS))
    business = models.CharField(max_length=10, blank=True, choices=choices_of(BUSINESS_LABELS))
    sub_result = models.CharField(max_length=40, blank=True)
    seconds = models.PositiveIntegerField(null=True, blank=True)
    again_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)
    phone_call_id = models.BigIntegerField(null=True, blank=True)
    heard = models.CharField(max_length=15, blank=True, db_default="", choices=choices_of(LINE_LABELS))
    heard_code = models.CharField(max_length=60, blank=True, db_default="")
    override = models.CharField(max_length=20, blank=True)
    override_reason = models.CharField(max_length=200, blank=True)
    also_for = ArrayField(models.BigIntegerField(), default=list, blank=True, db_default=NOBODY_ELSE)

    class Meta(Recorded.Meta):
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["phone_call_id"], condition=models.Q(phone_call_id__isnull=False), name="attempt_of_call_once"
            )
        ]
        indexes = [
            models.Index(fields=["by", "-at"], name="attempt_by"),
            models.Index(fields=["-at", "-id"], name="attempt_at"),
        ]

    @property
    def length(self) -> str:
        """How long the talk took, as a clock shows it; "" when it was not measured."""
        return "" if self.seconds is None else minutes_of(self.seconds)

    def __str__(self) -> str:
        return f"{self.visit_id} {self.line} {self.business}".strip()
