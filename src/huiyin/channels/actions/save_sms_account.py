"""Sets up an account at an SMS provider."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from huiyin.channels.kinds.sms_out.registry import sms_providers
from huiyin.channels.models import SmsAccount
from huiyin.channels.secrets import Keyring, check_reference
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

FIELDS = frozenset(
    {"provider", "name", "key_id", "secret", "app_id", "region", "base_url", "signature", "rank", "is_active"}
)
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@action("channels.save_sms_account", needs="channels.change")
def save_sms_account(act: Act, account_id: int | None, fields: dict[str, Any]) -> SmsAccount:
    """Makes an account, or changes the one with ``account_id``; the key itself is never given here.

    Raises:
        Invalid: the name is taken, a field that the provider needs is missing, or an address or reference is wrong.
    """
    fields = {name: value for name, value in fields.items() if name in FIELDS}
    fields["signature"] = str(fields.get("signature", "")).strip().strip("【】").strip()
    check_reference(str(fields.get("secret", "")), Keyring.SMS)
    for name, why in _wrong(account_id, fields).items():
        raise Invalid(why, {name: why})
    account = act.lock(SmsAccount.objects.all(), account_id) if account_id else SmsAccount()
    if account.pk and account.provider != fields["provider"]:
        other = message(_("For another provider, set up another account; templates and receipts belong to this one."))
        raise Invalid(other, {"provider": other})
    for name, value in fields.items():
        setattr(account, name, value)
    account.save()
    act.record(account, provider=account.provider, name=account.name, in_use=account.is_active)
    return account


@action("channels.renew_callbacks", needs="channels.change")
def renew_callbacks(act: Act, account_id: int) -> SmsAccount:
    """Makes the addresses for receipts anew, when the old ones have become known to somebody."""
    account = act.lock(SmsAccount.objects.all(), account_id)
    account.callback_number += 1
    account.save(update_fields=["callback_number"])
    act.record(account, number=account.callback_number)
    return account


def _wrong(account_id: int | None, fields: dict[str, Any]) -> dict[str, Message]:
    """What is wrong, by field."""
    wrong: dict[str, Message] = {}
    if SmsAccount.objects.filter(name=fields["name"]).exclude(pk=account_id or 0).exists():
        wrong["name"] = message(_("There is an account with this name already."))
    if fields["provider"] not in sms_providers():
        wrong["provider"] = message(_("There is no such provider."))
    elif sms_providers()[fields["provider"]].needs_app and not fields.get("app_id"):
        wrong["app_id"] = message(_("This provider needs the number of the application (SdkAppId)."))
    if not fields["signature"]:
        wrong["signature"] = message(_("Without a signature no provider sends anything."))
    if fields.get("base_url") and not _safe(str(fields["base_url"])):
        wrong["base_url"] = message(_("The address must begin with https://."))
    return wrong


def _safe(address: str) -> bool:
    """Encrypted, or on this machine: what is sent contains phone numbers."""
    parts = urlsplit(address)
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK))
