"""The mail numbers in force."""

from __future__ import annotations

from huiyin.channels.models import MailPolicy
from huiyin.channels.rules.policy import SHIPPED, MailNumbers


def mail_numbers() -> MailNumbers:
    """The newest policy's numbers, else the shipped ones."""
    policy = MailPolicy.objects.order_by("-version").first()
    return policy.numbers if policy else SHIPPED
