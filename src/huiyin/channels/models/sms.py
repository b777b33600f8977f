"""Accounts at SMS providers, the templates they approved, and what is left in peace for a while."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from huiyin.channels.rules.sms.policy import SHIPPED_SMS, SmsNumbers
from huiyin.foundation.recorded import Recorded


class SmsAccount(Recorded):
    """An account at a provider. ``provider`` is a code of ``sms_providers()``; of several accounts the one with the
    smallest ``rank`` is used first.

    ``key_id`` names the key (AccessKeyId, SecretId), ``secret`` names where the key itself is kept
    (``env:HUIYIN_SMS_…`` or ``file:name``). ``callback_number`` is counted up to make the addresses for receipts anew.
    """

    provider = models.CharField(max_length=20)
    name = models.CharField(max_length=60, unique=True)
    key_id = models.CharField(max_length=128)
    secret = models.CharField(max_length=120)
    app_id = models.CharField(max_length=40, blank=True)
    region = models.CharField(max_length=40, blank=True)
    base_url = models.CharField(max_length=200, blank=True)
    signature = models.CharField(max_length=30)
    rank = models.PositiveSmallIntegerField(default=1)
    callback_number = models.PositiveIntegerField(default=1)
    is_active = models.BooleanField(default=True)

    class Meta(Recorded.Meta):
        ordering = ["rank", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def callback_token(self) -> str:
        """The part of the addresses for receipts that nobody can guess; it is nowhere stored."""
        return salted_hmac("huiyin.channels.sms_callback", f"{self.pk}:{self.callback_number}").hexdigest()


class SmsTemplate(Recorded):
    """What a provider approved for one kind of SMS. ``text`` is its wording without the signature; ``variables`` are
    ours, in the order in which the placeholders first appear."""

    account = models.ForeignKey(SmsAccount, on_delete=models.CASCADE, related_name="templates")
    kind = models.CharField(max_length=60)
    code = models.CharField(max_length=40)
    text = models.TextField()
    variables = ArrayField(models.CharField(max_length=40), default=list)

    class Meta(Recorded.Meta):
        ordering = ["kind"]
        constraints = [models.UniqueConstraint(fields=["account", "kind"], name="sms_template_kind")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.kind} {self.code}"


class SmsPolicy(Recorded):
    """The company's own numbers for SMS; the newest version is in force, without one the shipped ones are."""

    version = models.PositiveIntegerField(unique=True)
    quiet_from = models.TimeField(default=SHIPPED_SMS.quiet_from)
    quiet_until = models.TimeField(default=SHIPPED_SMS.quiet_until)
    opt_out_words = ArrayField(models.CharField(max_length=20), default=list)
    most_characters = models.PositiveIntegerField(default=SHIPPED_SMS.most_characters)
    retry = ArrayField(models.PositiveIntegerField(), default=list)
    lease_minutes = models.PositiveIntegerField(default=SHIPPED_SMS.lease_minutes)
    looks = ArrayField(models.PositiveIntegerField(), default=list)
    proof = models.PositiveIntegerField(default=SHIPPED_SMS.proof)
    receipts = ArrayField(models.PositiveIntegerField(), default=list)
    down = models.PositiveIntegerField(default=SHIPPED_SMS.down)
    minute = models.PositiveIntegerField(default=SHIPPED_SMS.minute)
    hour = models.PositiveIntegerField(default=SHIPPED_SMS.hour)
    day = models.PositiveIntegerField(default=SHIPPED_SMS.day)
    reply_days = models.PositiveIntegerField(default=SHIPPED_SMS.reply_days)

    def __str__(self) -> str:
        return f"v{self.version}"

    @property
    def numbers(self) -> SmsNumbers:
        """The numbers as the rules take them."""
        return SmsNumbers(
            quiet_from=self.quiet_from,
            quiet_until=self.quiet_until,
            opt_out_words=tuple(self.opt_out_words) or SHIPPED_SMS.opt_out_words,
            most_characters=self.most_characters,
            retry=tuple(self.retry) or SHIPPED_SMS.retry,
            lease_minutes=self.lease_minutes,
            looks=tuple(self.looks) or SHIPPED_SMS.looks,
            proof=self.proof,
            receipts=tuple(self.receipts) or SHIPPED_SMS.receipts,
            down=self.down,
            minute=self.minute,
            hour=self.hour,
            day=self.day,
            reply_days=self.reply_days,
        )


class SmsHold(models.Model):
    """Something that is left in peace until ``until``: an account (of it perhaps one kind of SMS), or a number."""

    account = models.ForeignKey(SmsAccount, null=True, on_delete=models.CASCADE, related_name="holds")
    kind = models.CharField(max_length=60, blank=True)
    number = models.CharField(max_length=20, blank=True)
    until = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "until"], name="sms_hold_account"),
            models.Index(fields=["number", "until"], name="sms_hold_number"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.kind} {self.until}"


class SmsReceipt(models.Model):
    """A receipt as it came. ``message`` is empty while it is not known what it belongs to: it may come before the
    answer to the request that sent the message."""

    account = models.ForeignKey(SmsAccount, on_delete=models.CASCADE, related_name="receipts")
    serial = models.CharField(max_length=120)
    number = models.CharField(max_length=20)
    delivered = models.BooleanField()
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    message = models.ForeignKey(
        "channels.OutgoingMessage", null=True, on_delete=models.CASCADE, related_name="receipts"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "serial", "number", "delivered"], name="sms_receipt_once")
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.serial} {self.delivered}"


class OptOut(Recorded):
    """Somebody who wants no more messages at this address by this channel, until it is lifted."""

    channel = models.CharField(max_length=20)
    address = models.CharField(max_length=254)
    at = models.DateTimeField()
    message = models.ForeignKey("channels.IncomingMessage", null=True, on_delete=models.SET_NULL, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_because = models.CharField(max_length=300, blank=True)

    class Meta(Recorded.Meta):
        indexes = [models.Index(fields=["at", "id"], name="opt_out_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "address"], condition=models.Q(lifted_at=None), name="one_opt_out"
            )
        ]
        verbose_name = _("Opt-out")

    def __str__(self) -> str:
        return f"{self.channel} {self.pk}"
