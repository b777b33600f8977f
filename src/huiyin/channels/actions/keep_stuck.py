"""Keeps a mail that nobody could take up, so that it neither gets lost nor blocks the ones behind it."""

from __future__ import annotations

import hashlib
import logging

from huiyin.channels.actions.receive_mail import note_uid
from huiyin.channels.keeping import keep
from huiyin.channels.models import IncomingMessage, IncomingState, Mailbox
from huiyin.channels.registry import RawMail
from huiyin.channels.rules.parsing import ParsedMail, parse_mail
from huiyin.foundation.actions import Act, action

log = logging.getLogger(__name__)


@action("channels.keep_stuck")
def keep_stuck(act: Act, mailbox: Mailbox, mail: RawMail, *, why: str) -> IncomingMessage:
    """Stores the mail as stuck with the name of the error; a person takes it up later."""
    parsed = _parsed(mail.raw)
    row, _made = IncomingMessage.objects.get_or_create(
        key=parsed.message_id or f"none:{hashlib.sha256(mail.raw).hexdigest()}",
        defaults={
            "mailbox": mailbox,
            "message_id": parsed.message_id,
            "sender": parsed.sender,
            "sender_name": parsed.sender_name,
            "subject": parsed.subject,
            "text": parsed.text,
            "full_text": parsed.full_text,
            "raw": keep(mail.raw),
            "size": mail.size,
            "digest": parsed.digest,
            "received_at": act.now,
            "state": IncomingState.STUCK,
            "reason": why[:300],
        },
    )
    note_uid(mailbox, mail.uid)
    return row


def _parsed(raw: bytes) -> ParsedMail:
    """What can be read of it: a mail that breaks even the reader is kept as it came, and stops no other."""
    try:
        return parse_mail(raw)
    except Exception:
        log.exception("a mail could not be read")
        return parse_mail(b"")
