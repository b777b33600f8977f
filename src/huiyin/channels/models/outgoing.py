"""Messages that leave the company: stored before they are sent, and their fate."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.channels.models.mailbox import Mailbox
from huiyin.channels.models.sms import SmsAccount
from huiyin.channels.models.staff import StaffAccount
from huiyin.channels.rules.addresses import mask_address
from huiyin.channels.rules.reasons import WHY
from huiyin.contact_ledger.public import Purpose


class OutgoingState(models.TextChoices):
    """Where a message stands."""

    QUEUED = "queued", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Refused by the receiving server")
    GAVE_UP = "gave_up", _("Given up after several tries")
    BOUNCED = "bounced", _("Came back")
    DELIVERED = "delivered", _("Delivered")
    UNDELIVERED = "undelivered", _("Not delivered")
    UNCERTAIN = "uncertain", _("Fate unknown, being looked up")
    WITHHELD = "withheld", _("Not sent: wants no messages")


class OutgoingMessage(models.Model):
    """One message to one person outside.

    ``once`` makes a second request for the same message harmless. ``message_id`` is fixed before the first try, so that
    a copy sent after a crash can be recognised; ``doubtful`` counts tries whose outcome was not learned at once.

    ``contact_purpose`` is what the contact ledger knows it by. ``html`` is a mail's text once more, for who reads HTML.

    An SMS has a kind (``template``) with ``values``; ``text`` is what the provider's template makes of them,
    ``segments`` how many messages it is charged as, ``serial`` the provider's number of it, ``looks`` how often it was
    looked up. A notice to staff goes through a ``staff_account``; its ``values`` hold the link.
    """

    once = models.CharField(max_length=120, null=True, unique=True)  # noqa: DJ001 - unique, and most have none
    kind = models.CharField(max_length=20)
    template = models.CharField(max_length=60, blank=True)
    values = models.JSONField(default=dict)
    purpose = models.CharField(max_length=10, blank=True)
    segments = models.PositiveSmallIntegerField(default=0)
    account = models.ForeignKey(SmsAccount, null=True, on_delete=models.PROTECT, related_name="outgoing")
    staff_account = models.ForeignKey(StaffAccount, null=True, on_delete=models.PROTECT, related_name="+")
    serial = models.CharField(max_length=120, blank=True)
    looks = models.PositiveSmallIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True)
    mailbox = models.ForeignKey(Mailbox, null=True, on_delete=models.PROTECT, related_name="outgoing")
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    html = models.TextField(blank=True, db_default="", default="")
    about = models.CharField(max_length=60, blank=True)
    about_id = models.BigIntegerField(null=True)
    customer_id = models.BigIntegerField(null=True)
    contact_purpose = models.CharField(max_length=10, default=Purpose.ANSWER)
    in_reply_to = models.CharField(max_length=250, blank=True)
    automatic = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=OutgoingState.choices, default=OutgoingState.QUEUED)
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
            models.Index(
                fields=["next_try_at", "id"],
                name="outgoing_look",
                condition=Q(state__in=["uncertain", "sent"], next_try_at__isnull=False),
            ),
            models.Index(fields=["account", "serial"], name="outgoing_serial", condition=~Q(serial="")),
            models.Index(fields=["to", "id"], name="outgoing_sms_to", condition=Q(kind="sms")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} {self.state}"

    @property
    def masked_to(self) -> str:
        """The receiver as pages and logs may show it."""
        return mask_address(self.to)

    @property
    def error_text(self) -> str:
        """Why it is not there yet, as a message id or the server's own words."""
        return WHY.get(self.error, self.error)

    @property
    def title(self) -> str:
        """What lists call it: its subject, of an SMS its words."""
        return self.subject or self.text

    @property
    def subject_of(self) -> tuple[str, int] | None:
        """The record the message is about."""
        return (self.about, self.about_id) if self.about_id is not None else None
