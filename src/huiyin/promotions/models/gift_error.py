"""What a recipient says differently from the store: owed by the store until it is mended and verified."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from huiyin.foundation.choices import choices_of
from huiyin.foundation.recorded import Recorded
from huiyin.kernel.actor import Actor, ActorKind
from huiyin.organisation.public import Staff, Store
from huiyin.promotions.models.gift_line import GiftLine
from huiyin.promotions.models.gift_list import sees_every_store
from huiyin.promotions.rules.words import ERROR_LABELS, ERROR_TONES, STANDING_LABELS, ErrorState


class GiftErrorQuerySet(models.QuerySet["GiftError"]):
    """Errors, by who may see them."""

    def visible_to(self, actor: Actor) -> GiftErrorQuerySet:
        """As their lists: a store sees its own, customer service all."""
        if sees_every_store(actor):
            return self
        if actor.kind is not ActorKind.STAFF:
            return self.none()
        return self.filter(store_id__in=actor.store_ids)


class GiftError(Recorded):
    """One error. ``kind`` is the line's result; ``said`` what the recipient added.

    ``explanation`` and ``evidence`` are the store's last words, ``verdict`` customer service's; earlier ones stand in
    the history. ``returned`` counts how often it went back. ``visit`` is the visit that asks again. Moments are UTC.
    """

    line = models.OneToOneField(GiftLine, on_delete=models.PROTECT, related_name="error")
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    said = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=6, choices=choices_of(ERROR_LABELS), default=ErrorState.OWED.value)
    found_at = models.DateTimeField()
    mend_by = models.DateTimeField()
    explanation = models.CharField(max_length=500, blank=True)
    evidence = models.CharField(max_length=500, blank=True)
    mended_at = models.DateTimeField(null=True)
    mended_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    visit = models.ForeignKey("visits.Visit", null=True, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=500, blank=True)
    returned = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager[GiftError]] = GiftErrorQuerySet.as_manager()

    class Meta(Recorded.Meta):
        indexes = [
            models.Index(fields=["mend_by", "id"], name="gift_error_open", condition=~Q(state="closed")),
            models.Index(fields=["store", "mend_by", "id"], name="gift_error_of_store"),
            models.Index(fields=["-found_at", "-id"], name="gift_error_newest"),
            models.Index(fields=["visit"], name="gift_error_visit", condition=Q(visit__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"error of line {self.line_id}"

    @property
    def kind_label(self) -> str:
        """What is wrong, as a message id."""
        return STANDING_LABELS[self.kind]

    @property
    def state_label(self) -> str:
        """The state's name as a message id."""
        return ERROR_LABELS[self.state]

    @property
    def tone(self) -> str:
        """The state's colour."""
        return ERROR_TONES[self.state]

    @property
    def is_open(self) -> bool:
        """Whether something is still owed about it."""
        return self.state != ErrorState.CLOSED
