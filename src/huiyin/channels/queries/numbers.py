"""The numbers of mail and SMS in force."""

from __future__ import annotations

from huiyin.channels.models import MailPolicy, SmsPolicy
from huiyin.channels.rules.policy import SHIPPED, MailNumbers
from huiyin.channels.rules.sms.policy import SHIPPED_SMS, SmsNumbers


def mail_numbers() -> MailNumbers:
    """The newest policy's numbers, else the shipped ones."""
    policy = MailPolicy.objects.order_by("-version").first()
    return policy.numbers if policy else SHIPPED


def sms_numbers() -> SmsNumbers:
    """The newest policy's numbers, else the shipped ones."""
    policy = SmsPolicy.objects.order_by("-version").first()
    return policy.numbers if policy else SHIPPED_SMS
