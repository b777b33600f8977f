"""One gift to one person, as the store says, and what the recipient says."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q

from huiyin.customers.public import mask_phone
from huiyin.foundation.choices import choices_of
from huiyin.foundation.recorded import Recorded
from huiyin.promotions.models.gift_list import GiftList
from huiyin.promotions.rules.lines import LineDraft
from huiyin.promotions.rules.words import (
    HINDRANCE_LABELS,
    STANDING_LABELS,
    STANDING_TONES,
    Hindrance,
    Standing,
)


class GiftLine(Recorded):
    """A line of a list. ``phone`` is as it was written, ``number`` in normal form; ``value`` is one gift's, in yuan.

    ``nth`` tells apart lines that say the same; all but the first are duplicates. ``rank`` is the place in the draw
    (from 1, dearest first). ``asked_on`` is the day it was planned for, ``asked_at`` when the visit was made
    that asks. ``note`` says why somebody was not asked or reached.
    """

    list = models.ForeignKey(GiftList, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()
    nth = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=80)
    phone = models.CharField(max_length=40, blank=True)
    number = models.CharField(max_length=40, blank=True)
    gift = models.CharField(max_length=100)
    value = models.DecimalField(max_digits=10, decimal_places=2)
    quantity = models.PositiveIntegerField()
    given_on = models.DateField()
    purchase = models.CharField(max_length=80, blank=True)
    hindrance = models.CharField(max_length=15, blank=True, choices=choices_of(HINDRANCE_LABELS))
    customer = models.ForeignKey(
        "customers.Customer", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    standing = models.CharField(max_length=12, choices=choices_of(STANDING_LABELS), default=Standing.LISTED.value)
    rank = models.PositiveIntegerField(null=True)
    asked_on = models.DateField(null=True)
    asked_at = models.DateTimeField(null=True)
    visit = models.OneToOneField(
        "visits.Visit", null=True, blank=True, on_delete=models.PROTECT, related_name="gift_line"
    )
    answered_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta(Recorded.Meta):
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["list", "position"], name="gift_line_place")]
        indexes = [
            models.Index(fields=["list", "rank"], name="gift_line_rank"),
            models.Index(fields=["asked_on"], name="gift_line_drawn", condition=Q(standing="drawn")),
            models.Index(fields=["visit"], name="gift_line_asked", condition=Q(standing="asked")),
        ]

    def __str__(self) -> str:
        return f"line {self.position} of list {self.list_id}"

    @property
    def draft(self) -> LineDraft:
        """The line as it was handed in."""
        return LineDraft(
            self.name, self.phone, self.number, self.gift, self.value, self.quantity, self.given_on, self.purchase
        )

    @property
    def amount(self) -> Decimal:
        """What all of these gifts are worth, in yuan."""
        return self.value * self.quantity

    @property
    def shown_phone(self) -> str:
        """The number as it may be shown to everybody who sees the list."""
        return mask_phone(self.number or self.phone)

    @property
    def standing_label(self) -> str:
        """The result's name as a message id."""
        return STANDING_LABELS[self.standing]

    @property
    def tone(self) -> str:
        """The result's colour."""
        return STANDING_TONES[self.standing]

    @property
    def hindrance_label(self) -> str:
        """Why it cannot be asked about, as a message id; empty when it can."""
        return HINDRANCE_LABELS.get(self.hindrance, "")

    @property
    def is_free(self) -> bool:
        """Whether it can be asked about at all."""
        return self.hindrance == Hindrance.NONE
