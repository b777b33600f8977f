"""Hands a claimed SMS to its provider, and asks what became of one."""

from __future__ import annotations

from huiyin.channels.kinds.sms_out.registry import Access, Order, Question, SmsProvider, sms_providers
from huiyin.channels.models import OutgoingMessage, SmsAccount
from huiyin.channels.queries.numbers import sms_numbers
from huiyin.channels.queries.sms import template_of
from huiyin.channels.registry import Fate, FateKind, Hold, HoldScope
from huiyin.channels.rules.sms.policy import Length
from huiyin.channels.rules.sms.wording import fills
from huiyin.channels.secrets import Keyring, secret_of
from huiyin.foundation import clock

NO_KEY = "the key is not where the account says"
NO_TEMPLATE = "the template was taken away"
TOO_LATE = "the sender slept for too long"


def send_sms(message: OutgoingMessage) -> Fate:
    """Tries once, through the account that was settled when the message was claimed."""
    if message.claimed_at is None or clock.now() - message.claimed_at >= sms_numbers().lease:
        return Fate(FateKind.LATER, TOO_LATE)  # slept since then: by now it may be somebody else's
    account = message.account
    template = template_of(account.pk, message.template) if account else None
    if account is None or template is None:
        return Fate(FateKind.LATER, NO_TEMPLATE)
    provider = sms_providers()[account.provider]
    access = access_to(provider, account)
    if not access.key:
        return Fate(FateKind.LATER, NO_KEY, hold=Hold(HoldScope.ACCOUNT, Length.DOWN))
    filled = fills(template.text, provider.placeholder, template.variables, message.values)
    order = Order(message.to, account.signature, template.code, filled, message.message_id)
    return provider.send(access, order)


def look_up(message: OutgoingMessage) -> Fate:
    """What the provider knows about a message that was, or may have been, handed to it."""
    account = message.account
    since = message.claimed_at or message.sent_at
    if account is None or since is None:
        return Fate(FateKind.UNKNOWN)
    provider = sms_providers()[account.provider]
    question = Question(message.to, message.message_id, message.serial, since)
    return provider.look(access_to(provider, account), question)


def access_to(provider: SmsProvider, account: SmsAccount) -> Access:
    """How to reach an account; the key is read anew each time, so that it can be changed without a restart."""
    return Access(
        base_url=(account.base_url or provider.base_url).rstrip("/"),
        key_id=account.key_id,
        key=secret_of(account.secret, Keyring.SMS),
        app_id=account.app_id,
        region=account.region or provider.region,
    )
