"""Messages that leave the company: stored before they are sent, and their fate."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.channels.models.mailbox import Mailbox
from huiyin.channels.rules.addresses import mask_address


class OutgoingState(models.TextChoices):
    """Where a message stands."""

    QUEUED = "queued", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Refused by the receiving server")
    GAVE_UP = "gave_up", _("Given up after several tries")
    BOUNCED = "bounced", _("Came back")


class OutgoingMessage(models.Model):
    """One message to one person outside.

    ``once`` makes a second request for the same message harmless. ``message_id`` is fixed before the first try, so that
    a copy sent after a crash can be recognised; ``doubtful`` counts tries whose outcome was never learned.
    """

    once = models.CharField(max_length=120, null=True, unique=True)  # noqa: DJ001 - unique, and most have none
    kind = models.CharField(max_length=20)
    mailbox = models.ForeignKey(Mailbox, null=True, on_delete=models.PROTECT, related_name="outgoing")
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    about = models.CharField(max_length=60, blank=True)
    about_id = models.BigIntegerField(null=True)
    customer_id = models.BigIntegerField(null=True)
    in_reply_to = models.CharField(max_length=250, blank=True)
    automatic = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=OutgoingState.choices, default=OutgoingState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    doubtful = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    claim = models.UUIDField(null=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    message_id = models.CharField(max_length=250, unique=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_try_at", "id"], name="outgoing_due", condition=Q(state="queued")),
            models.Index(fields=["claimed_at"], name="outgoing_stuck", condition=Q(state="sending")),
            models.Index(fields=["about", "about_id", "id"], name="outgoing_about"),
            models.Index(
                fields=["customer_id", "id"], name="outgoing_customer", condition=Q(customer_id__isnull=False)
            ),
            models.Index(fields=["created_at", "id"], name="outgoing_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} {self.state}"

    @property
    def masked_to(self) -> str:
        """The receiver as pages and logs may show it."""
        return mask_address(self.to)

    @property
    def subject_of(self) -> tuple[str, int] | None:
        """The record the message is about."""
        return (self.about, self.about_id) if self.about_id is not None else None
