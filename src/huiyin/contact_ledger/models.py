"""Every contact with a customer over all ways, who must not be contacted how, and the rules in force."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from django.db import models
from django.db.models import Q

from huiyin.contact_ledger.rules.numbers import ContactNumbers, numbers_from
from huiyin.contact_ledger.rules.words import (
    CONSENT_LABELS,
    COUNTED,
    OUTCOME_LABELS,
    PURPOSE_LABELS,
    WAY_LABELS,
    Outcome,
)
from huiyin.foundation.choices import choices_of
from huiyin.foundation.kept import Settled
from huiyin.foundation.recorded import Recorded
from huiyin.organisation.public import Staff

TONES: Mapping[str, str] = {Outcome.REACHED: "kept", Outcome.REFUSED: "late", Outcome.CLAIMED: "accent"}


class ContactRules(Recorded, Settled):
    """One version of how often, when and for what people are contacted; in force from a date on."""

    version = models.PositiveSmallIntegerField(unique=True)
    effective_from = models.DateField()
    calendar = models.CharField(max_length=30, default="standard")
    numbers = models.JSONField(default=dict)
    note = models.CharField(max_length=200, blank=True)

    class Meta(Recorded.Meta):
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"v{self.version}"

    @cached_property
    def contact_numbers(self) -> ContactNumbers:
        """The numbers, checked; Invalid when they cannot be."""
        return numbers_from(self.numbers)


class ContactEntry(models.Model):
    """One contact with one customer about one matter.

    ``claimed`` holds a place until ``holds_until`` while the contact is being made; then it is settled. ``at`` is when
    it was made. ``override`` is the code of the rule that was overridden, with the reason.
    """

    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=10, choices=choices_of(WAY_LABELS))
    purpose = models.CharField(max_length=10, choices=choices_of(PURPOSE_LABELS))
    subject = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    outcome = models.CharField(max_length=12, choices=choices_of(OUTCOME_LABELS), default=Outcome.CLAIMED)
    at = models.DateTimeField()
    holds_until = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    override = models.CharField(max_length=20, blank=True)
    override_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "subject_id", "way"],
                name="contact_claimed_once",
                condition=Q(outcome=Outcome.CLAIMED),
            )
        ]
        indexes = [
            models.Index(
                fields=["customer", "-at"], name="contact_counted", condition=Q(outcome__in=[*map(str, COUNTED)])
            ),
            models.Index(fields=["customer", "-at", "-id"], name="contact_of_customer"),
            models.Index(fields=["holds_until"], name="contact_claim_ends", condition=Q(outcome=Outcome.CLAIMED)),
        ]

    def __str__(self) -> str:
        return f"{self.way} {self.outcome} {self.subject} {self.subject_id}"

    @property
    def tone(self) -> str:
        """The colour of what became of it."""
        return TONES.get(self.outcome, "neutral")


class OptOut(Recorded):
    """A customer does not want one way of contact, from ``since`` until ``ended_at`` (None: still)."""

    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=10, choices=choices_of(WAY_LABELS))
    since = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(Recorded.Meta):
        ordering = ["-since"]
        indexes = [models.Index(fields=["customer"], name="opt_out_holds", condition=Q(ended_at=None))]

    def __str__(self) -> str:
        return f"opt-out {self.way}"


class Consent(Recorded):
    """A customer agreed to be contacted for a purpose; ``evidence`` says how, ``ended_at`` when it was taken back.

    A question that was put about one matter (``subject``; a call that may be recorded) keeps the version of its
    ``wording`` and who asked; a "no" (not ``given``) is kept too, ended from the beginning.
    """

    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=10, choices=choices_of(CONSENT_LABELS))
    since = models.DateTimeField()
    evidence = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    given = models.BooleanField(default=True)
    subject = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    wording = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Recorded.Meta):
        ordering = ["-since"]
        indexes = [
            models.Index(fields=["customer"], name="consent_holds", condition=Q(ended_at=None)),
            models.Index(
                fields=["subject", "subject_id", "id"], name="consent_about", condition=Q(subject_id__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"consent {self.purpose}"

    @property
    def holds(self) -> bool:
        """Whether the customer agreed and did not take it back."""
        return self.given and self.ended_at is None
