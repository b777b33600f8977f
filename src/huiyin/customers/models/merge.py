"""Suspected duplicates, what was decided about them, and what a merge moved (CUS-4)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiyin.customers.models.customer import Customer
from huiyin.foundation.recorded import Recorded
from huiyin.organisation.public import Staff


class SuspectReason(models.TextChoices):
    """Why two files look like one customer."""

    PHONE = "phone", _("Same phone number")
    EMAIL = "email", _("Same e-mail address")
    NAME_ADDRESS = "name_address", _("Same name and address")
    PERSON = "person", _("Noticed by a person")


class SuspectState(models.TextChoices):
    """What was decided."""

    OPEN = "open", _("To be looked at")
    MERGED = "merged", _("Merged")
    DISTINCT = "distinct", _("Two different customers")


class MergeSuspect(Recorded):
    """A pair of files that may be one customer. ``first`` has the lower id; ``kept`` is where a merge led to.

    ``moved`` names every row a merge moved: {"customers.contact.customer": [ids]}, so that it can be undone.
    """

    first = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=12, choices=SuspectReason.choices)
    state = models.CharField(max_length=8, choices=SuspectState.choices, default=SuspectState.OPEN)
    found_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    kept = models.ForeignKey(Customer, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    moved = models.JSONField(default=dict, blank=True)

    class Meta(Recorded.Meta):
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="suspect_pair_once"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="suspect_in_order"),
        ]
        indexes = [models.Index(fields=["id"], name="suspect_open", condition=models.Q(state="open"))]

    def __str__(self) -> str:
        return f"{self.first_id}–{self.second_id}"
