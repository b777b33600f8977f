"""Keeps a mail that nobody could take up, so that it neither gets lost nor blocks the ones behind it."""

from __future__ import annotations

import hashlib
import logging
from typing import Any

from django.db import transaction

from huiyin.channels.actions.receive_mail import keep_attachments, key_of, note_uid, values_of
from huiyin.channels.keeping import keep
from huiyin.channels.models import IncomingMessage, IncomingState, Mailbox
from huiyin.channels.queries.numbers import mail_numbers
from huiyin.channels.registry import RawMail
from huiyin.channels.rules.parsing import ParsedMail, parse_mail
from huiyin.foundation.actions import Act, action

log = logging.getLogger(__name__)


@action("channels.keep_stuck")
def keep_stuck(act: Act, mailbox: Mailbox, mail: RawMail, *, why: str) -> IncomingMessage:
    """Stores the mail as stuck with the name of the error; a person takes it up later."""
    parsed = _parsed(mail.raw)
    try:
        with transaction.atomic():
            row = _whole(act, mailbox, mail, parsed, why)
    except Exception:
        log.exception("a mail could be kept only as it came")
        row, _made = IncomingMessage.objects.get_or_create(key=_own_key(mail), defaults=_bare(act, mailbox, mail, why))
    note_uid(mailbox, mail.uid)
    return row


def _whole(act: Act, mailbox: Mailbox, mail: RawMail, parsed: ParsedMail, why: str) -> IncomingMessage:
    key = (key_of(parsed) or parsed.message_id) if parsed.message_id else _own_key(mail)
    told = {**values_of(mailbox, mail, parsed), **_bare(act, mailbox, mail, why)}
    row, made = IncomingMessage.objects.get_or_create(key=key, defaults=told)
    if made:
        _keep_files(row, parsed)
    return row


def _own_key(mail: RawMail) -> str:
    return f"none:{hashlib.sha256(mail.raw).hexdigest()}"


def _bare(act: Act, mailbox: Mailbox, mail: RawMail, why: str) -> dict[str, Any]:
    """The least that is kept of a mail: as it came, and why nobody works on it."""
    return {
        "mailbox": mailbox,
        "raw": keep(mail.raw),
        "size": mail.size,
        "received_at": act.now,
        "state": IncomingState.STUCK,
        "reason": why[:300],
    }


def _keep_files(row: IncomingMessage, parsed: ParsedMail) -> None:
    """Its files, so that they are there when it is taken up; should they be what is wrong, it is kept without."""
    try:
        with transaction.atomic():
            keep_attachments(row, parsed, mail_numbers())
    except Exception:
        log.exception("the files of a mail could not be kept")


def _parsed(raw: bytes) -> ParsedMail:
    """What can be read of it: a mail that breaks even the reader is kept as it came, and stops no other."""
    try:
        return parse_mail(raw)
    except Exception:
        log.exception("a mail could not be read")
        return parse_mail(b"")
