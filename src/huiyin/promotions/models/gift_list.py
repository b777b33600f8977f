"""A list of gifts that a store hands in, and who may see it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from huiyin.foundation.choices import choices_of
from huiyin.foundation.recorded import Recorded
from huiyin.kernel.actor import Actor, ActorKind, Scope
from huiyin.organisation.public import Staff, Store
from huiyin.promotions.models.gift_rules import GiftRules
from huiyin.promotions.rules.numbers import GiftNumbers
from huiyin.promotions.rules.words import CHECK_LABELS, STATE_LABELS, STATE_TONES, ListState

SEES_ALL = "promotions.check"


def sees_every_store(actor: Actor) -> bool:
    """Customer service and whoever sees all; a store's people see their own store."""
    return actor.scope is Scope.ALL or (actor.may(SEES_ALL) and not actor.store_ids)


class GiftListQuerySet(models.QuerySet["GiftList"]):
    """Lists, by who may see them."""

    def visible_to(self, actor: Actor) -> GiftListQuerySet:
        """A store sees its own, customer service all; what is not handed in yet is the store's own business too."""
        if sees_every_store(actor):
            return self
        if actor.kind is not ActorKind.STAFF:
            return self.none()
        return self.filter(store_id__in=actor.store_ids)


class GiftList(Recorded):
    """One promotion's gifts of one store, handed in for one check. Moments are UTC.

    ``rules`` and ``seed`` are kept from the handing in on: with them the draw can be done again. ``wanted`` is how many
    lines are to be asked about. ``checked_at`` is when everybody had been asked, ``completed_at`` when no error was
    open any more. ``sheet`` is the result as it was signed, ``digest`` its SHA-256.
    """

    name = models.CharField(max_length=80)
    check_kind = models.CharField(max_length=10, choices=choices_of(CHECK_LABELS))
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=choices_of(STATE_LABELS), default=ListState.DRAFT.value)
    rules = models.ForeignKey(GiftRules, null=True, on_delete=models.PROTECT, related_name="+")
    seed = models.BigIntegerField(default=0)
    wanted = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    sheet = models.JSONField(null=True)
    digest = models.CharField(max_length=64, blank=True)

    objects: ClassVar[models.Manager[GiftList]] = GiftListQuerySet.as_manager()

    class Meta(Recorded.Meta):
        constraints = [
            models.UniqueConstraint(fields=["store", "check_kind", "name"], name="gift_list_once"),
        ]
        indexes = [
            models.Index(fields=["-made_at", "-id"], name="gift_list_newest"),
            models.Index(fields=["store", "-made_at", "-id"], name="gift_list_of_store"),
            models.Index(fields=["state"], name="gift_list_running", condition=Q(state__in=["submitted", "checking"])),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.check_kind}"

    @property
    def title(self) -> str:
        """What a promise about it is called."""
        return f"{self.name} · {self.store.name}"

    @property
    def state_label(self) -> str:
        """The state's name as a message id."""
        return STATE_LABELS[self.state]

    @property
    def tone(self) -> str:
        """The state's colour."""
        return STATE_TONES[self.state]

    @property
    def check_label(self) -> str:
        """What it is handed in for, as a message id."""
        return CHECK_LABELS[self.check_kind]

    @property
    def numbers(self) -> GiftNumbers:
        """The numbers it was handed in under; the shipped ones where the company has none."""
        return self.rules.gift_numbers if self.rules else GiftNumbers()

    @property
    def calendar(self) -> str:
        """The calendar its days are reckoned in."""
        return self.rules.calendar if self.rules else "standard"

    @property
    def share(self) -> int:
        """Which share of its lines is asked about, in percent."""
        return self.numbers.share_of(self.check_kind)

    @property
    def is_draft(self) -> bool:
        """Whether it may still be changed."""
        return self.state == ListState.DRAFT
