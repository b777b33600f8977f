"""Messages that reach the company, whole and kept, with the reason when nobody works on them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.channels.models.mailbox import Mailbox
from huiyin.channels.models.outside import OutsideIdentity
from huiyin.channels.models.sms import SmsAccount
from huiyin.channels.rules.addresses import mask_address
from huiyin.channels.rules.attachments import REFUSALS
from huiyin.channels.rules.callbacks.masking import mask_outside
from huiyin.channels.rules.ignoring import REASONS


class IncomingState(models.TextChoices):
    """Where a received message stands."""

    NEW = "new", _("Just came in")
    HANDLED = "handled", _("Taken up")
    IGNORED = "ignored", _("Kept, not worked on")
    STUCK = "stuck", _("Could not be taken up")


class IncomingMessage(models.Model):
    """One mail or SMS, or what somebody wrote on a platform.

    ``key`` is its Message-ID (or a digest when it has none) and makes a second copy harmless.

    ``raw`` is the mail as it came, without refused oversized parts. ``text`` is without the quoted mail. An SMS has an
    ``account`` instead of a mailbox, and neither subject nor files. A message on a platform is the ``identity``'s who
    wrote it; its ``kind`` is the platform's code.
    """

    key = models.CharField(max_length=300, unique=True)
    kind = models.CharField(max_length=20, default="email_in")
    mailbox = models.ForeignKey(Mailbox, null=True, on_delete=models.PROTECT, related_name="incoming")
    account = models.ForeignKey(SmsAccount, null=True, on_delete=models.PROTECT, related_name="incoming")
    identity = models.ForeignKey(
        OutsideIdentity, null=True, on_delete=models.PROTECT, related_name="incoming", db_index=False
    )
    message_id = models.CharField(max_length=250, blank=True)
    in_reply_to = models.CharField(max_length=250, blank=True)
    references = ArrayField(models.CharField(max_length=250), default=list)
    sender = models.CharField(max_length=254, blank=True)
    sender_name = models.CharField(max_length=120, blank=True)
    to = ArrayField(models.CharField(max_length=254), default=list)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    full_text = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    raw = models.CharField(max_length=200, blank=True)
    size = models.BigIntegerField()
    digest = models.CharField(max_length=64, blank=True)
    received_at = models.DateTimeField()
    written_at = models.DateTimeField(null=True, help_text="When its writer sent it, where the provider tells.")
    state = models.CharField(max_length=10, choices=IncomingState.choices, default=IncomingState.NEW)
    reason = models.CharField(max_length=300, blank=True)
    thread = models.CharField(max_length=60, blank=True)
    thread_id = models.BigIntegerField(null=True)
    about = models.CharField(max_length=60, blank=True)
    about_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["received_at", "id"], name="incoming_newest"),
            models.Index(fields=["state", "received_at", "id"], name="incoming_state"),
            models.Index(fields=["sender", "received_at"], name="incoming_sender"),
            models.Index(fields=["message_id"], name="incoming_message_id"),
            models.Index(fields=["about", "about_id"], name="incoming_about", condition=Q(about_id__isnull=False)),
            models.Index(
                fields=["identity", "-received_at"], name="incoming_identity", condition=Q(identity__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} {self.state}"

    @property
    def masked_sender(self) -> str:
        """The sender as pages and logs may show it."""
        return mask_outside(self.sender) if self.identity_id else mask_address(self.sender)

    @property
    def title(self) -> str:
        """What lists call it: its subject, of an SMS its words."""
        return self.subject or self.text

    @property
    def reason_text(self) -> str:
        """Why nobody works on it, as a message id."""
        return REASONS.get(self.reason, self.reason)

    @property
    def thread_of(self) -> tuple[str, int] | None:
        """The record of ours that this message answers."""
        return (self.thread, self.thread_id) if self.thread_id is not None else None


class IncomingAttachment(models.Model):
    """A file that came with a message; ``refused`` is a key of the rules' ``REFUSALS`` and then ``path`` is empty."""

    message = models.ForeignKey(IncomingMessage, on_delete=models.CASCADE, related_name="attachments")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    size = models.BigIntegerField()
    claimed_type = models.CharField(max_length=100, blank=True)
    sniffed_type = models.CharField(max_length=100, blank=True)
    path = models.CharField(max_length=200, blank=True)
    refused = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["message", "number"], name="attachment_number")]

    def __str__(self) -> str:
        return f"{self.message_id} {self.number}"

    @property
    def refusal_text(self) -> str:
        """Why it was not kept, as a message id; empty when it was."""
        return REFUSALS.get(self.refused, "")
