"""Mailboxes of the company, how far each was read, and the numbers of the mail channel."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from huiyin.channels.rules.policy import SHIPPED, MailNumbers
from huiyin.foundation.recorded import Recorded


class Security(models.TextChoices):
    """How a connection to a mail server is protected."""

    SSL = "ssl", _("Encrypted (SSL/TLS)")
    STARTTLS = "starttls", _("Encrypted after greeting (STARTTLS)")
    PLAIN = "plain", _("Not encrypted (own network only)")


class Mailbox(Recorded):
    """One mail address that the company reads and writes as.

    ``secret`` names where the password is kept (``env:HUIYIN_MAIL_…`` or ``file:name`` in the data folder's
    ``secrets``); the password itself never enters the database.
    """

    address = models.EmailField(unique=True)
    name = models.CharField(max_length=60, blank=True)
    username = models.CharField(max_length=120, blank=True)
    secret = models.CharField(max_length=120, blank=True)
    imap_host = models.CharField(max_length=120, blank=True)
    imap_port = models.PositiveIntegerField(default=993)
    imap_security = models.CharField(max_length=8, choices=Security.choices, default=Security.SSL)
    believed_server = models.CharField(
        max_length=120, blank=True, db_default="", help_text="Whose Authentication-Results say who a sender is."
    )
    smtp_host = models.CharField(max_length=120, blank=True)
    smtp_port = models.PositiveIntegerField(default=465)
    smtp_security = models.CharField(max_length=8, choices=Security.choices, default=Security.SSL)
    is_active = models.BooleanField(default=True)

    class Meta(Recorded.Meta):
        ordering = ["id"]

    def __str__(self) -> str:
        return self.address


class MailboxProgress(models.Model):
    """How far a mailbox was read (IMAP's own counters) and what went wrong last; not history, so not recorded."""

    mailbox = models.OneToOneField(Mailbox, on_delete=models.CASCADE, related_name="progress")
    uid_validity = models.BigIntegerField(default=0)
    last_uid = models.BigIntegerField(default=0)
    fetched_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.mailbox_id} {self.uid_validity}/{self.last_uid}"


class MailPolicy(Recorded):
    """The company's own numbers for mail; the newest version is in force, without one the shipped ones are."""

    version = models.PositiveIntegerField(unique=True)
    retry_minutes = ArrayField(models.PositiveIntegerField(), default=list)
    lease_minutes = models.PositiveIntegerField(default=SHIPPED.lease_minutes)
    flood_mails = models.PositiveIntegerField(default=SHIPPED.flood_mails)
    same_thread_mails = models.PositiveIntegerField(default=SHIPPED.same_thread_mails)
    flood_minutes = models.PositiveIntegerField(default=SHIPPED.flood_minutes)
    attachment_mb = models.PositiveIntegerField(default=SHIPPED.attachment_mb)
    mail_mb = models.PositiveIntegerField(default=SHIPPED.mail_mb)
    attachments = models.PositiveIntegerField(default=SHIPPED.attachments)

    def __str__(self) -> str:
        return f"v{self.version}"

    @property
    def numbers(self) -> MailNumbers:
        """The numbers as the rules take them."""
        return MailNumbers(
            retry_minutes=tuple(self.retry_minutes) or SHIPPED.retry_minutes,
            lease_minutes=self.lease_minutes,
            flood_mails=self.flood_mails,
            same_thread_mails=self.same_thread_mails,
            flood_minutes=self.flood_minutes,
            attachment_mb=self.attachment_mb,
            mail_mb=self.mail_mb,
            attachments=self.attachments,
        )
