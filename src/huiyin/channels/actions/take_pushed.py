"""What somebody wrote on a platform: kept once, before anything else; a job takes it up."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from procrastinate.contrib.django import app

from huiyin.channels.models import (
    CallbackPulse,
    IncomingMessage,
    IncomingState,
    OutsideIdentity,
    StaffAccount,
    StaffAddress,
)
from huiyin.channels.queries.staff import staff_numbers
from huiyin.channels.rules.callbacks.pushed import Words
from huiyin.foundation.actions import Act, action

TAKE_UP = "huiyin.channels.tasks.take_up_from"


@action("channels.take_pushed")
def take_pushed(act: Act, account: StaffAccount, words: Words) -> IncomingMessage | None:
    """Keeps a message of a platform; None for one that is here already, however often and by how many it is told.

    What the company's own people write to the application is kept and not worked on.
    """
    key = f"{account.platform}:{account.pk}:{words.key}"
    if IncomingMessage.objects.filter(key=key).exists():
        return None
    identity = _identity(act, account, words)
    why = _why_ignored(act, account, identity, words)
    text = words.text if not words.kind else _without_words(words.kind)
    row, made = IncomingMessage.objects.get_or_create(
        key=key,
        defaults={
            "kind": account.platform,
            "identity": identity,
            "sender": identity.external_id,
            "sender_name": words.name,
            "text": text,
            "full_text": text,
            "size": len(text.encode()),
            "received_at": act.now,
            "state": IncomingState.IGNORED if why else IncomingState.NEW,
            "reason": why,
        },
    )
    if not made:
        return None
    CallbackPulse.objects.update_or_create(account=account, defaults={"message_at": act.now})
    if not why:
        app.configure_task(TAKE_UP).defer(identity_id=identity.pk)
    return row


def _identity(act: Act, account: StaffAccount, words: Words) -> OutsideIdentity:
    known = {"name": words.name, "first_at": act.now}
    identity, _made = OutsideIdentity.objects.get_or_create(
        account=account, external_id=words.people[0], defaults=known
    )
    return identity


def _why_ignored(act: Act, account: StaffAccount, identity: OutsideIdentity, words: Words) -> str:
    """A key of ``REASONS``; empty when the message is to be worked on."""
    if StaffAddress.objects.filter(platform=account.platform, address__in=words.people).exists():
        return "staff"
    numbers = staff_numbers()
    recent = IncomingMessage.objects.filter(identity=identity, received_at__gt=act.now - numbers.flood_window)
    return "torrent" if recent[: numbers.flood_messages].count() >= numbers.flood_messages else ""


def _without_words(kind: str) -> str:
    """What stands for a picture, a recording and the like."""
    with translation.override(settings.LANGUAGE_CODE):
        return gettext("[No text, but “%(kind)s”: to be seen on the platform itself]") % {"kind": kind}
