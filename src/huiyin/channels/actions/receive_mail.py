"""Keeps one received mail, once, with everything that came with it, and tells the rooms above."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db.models import F
from django.db.models.functions import Greatest

from huiyin.channels.actions.handle import received_event
from huiyin.channels.actions.take_bounce import take_bounce
from huiyin.channels.actions.tell_sender import tell_sender
from huiyin.channels.keeping import keep
from huiyin.channels.models import IncomingAttachment, IncomingMessage, IncomingState, Mailbox, MailboxProgress
from huiyin.channels.queries.circumstances import circumstances_of, thread_of
from huiyin.channels.queries.numbers import mail_numbers
from huiyin.channels.registry import RawMail
from huiyin.channels.rules.attachments import refusal, safe_name, sniff
from huiyin.channels.rules.bounces import read_bounce
from huiyin.channels.rules.ignoring import why_ignored
from huiyin.channels.rules.parsing import ParsedMail, parse_mail
from huiyin.channels.rules.policy import MailNumbers
from huiyin.foundation.actions import Act, action


@action("channels.receive_mail")
def receive_mail(act: Act, mailbox: Mailbox, mail: RawMail) -> IncomingMessage | None:
    """One mail in one transaction: kept, judged, its event told, the mailbox's counter moved. None for a copy."""
    numbers = mail_numbers()
    parsed = parse_mail(mail.raw)
    received = _kept(act, mailbox, mail, parsed, numbers)
    note_uid(mailbox, mail.uid)
    if received is None:
        return None
    refused = keep_attachments(received, parsed, numbers)
    bounce = read_bounce(parsed)
    if bounce is not None:
        take_bounce(act.call, bounce)
    if received.state == IncomingState.NEW:
        if refused:
            tell_sender(act.call, received, refused)
        act.emit(received_event(received))
    return received


def note_uid(mailbox: Mailbox, uid: int) -> None:
    """Moves the mailbox's counter forward, never back."""
    MailboxProgress.objects.filter(mailbox=mailbox).update(last_uid=Greatest(F("last_uid"), uid))


def _kept(
    act: Act, mailbox: Mailbox, mail: RawMail, parsed: ParsedMail, numbers: MailNumbers
) -> IncomingMessage | None:
    """The new row, or None when the mail is here already."""
    key = key_of(parsed)
    if key is None:
        return None
    why = why_ignored(parsed, circumstances_of(parsed, mailbox, act.now, numbers), numbers)
    state = IncomingState.IGNORED if why else IncomingState.NEW
    told = {**values_of(mailbox, mail, parsed), "received_at": act.now, "state": state, "reason": why}
    row, made = IncomingMessage.objects.get_or_create(key=key, defaults=told)
    return row if made else None


def key_of(parsed: ParsedMail) -> str | None:
    """What makes a second copy of the mail harmless; None where the first one is here.

    The same Message-ID over a different mail is a sender's mistake, not a copy: it is kept under a key of its own. So
    are the same words without a Message-ID that were sent at another time, or with other files.
    """
    key = parsed.message_id or f"none:{parsed.digest}"
    twin = IncomingMessage.objects.filter(key=key).first()
    if twin is None:
        return key
    if twin.digest != parsed.digest:
        return f"{key}#{parsed.digest[:16]}"
    if parsed.message_id or _sent_with(parsed) == (twin.headers.get("date"), _sizes(twin)):
        return None
    return f"{key}#{hashlib.sha256(repr(_sent_with(parsed)).encode()).hexdigest()[:16]}"


def _sent_with(parsed: ParsedMail) -> tuple[str | None, list[int]]:
    return parsed.headers.get("date"), [len(file.content) for file in parsed.attachments]


def _sizes(twin: IncomingMessage) -> list[int]:
    return list(twin.attachments.order_by("number").values_list("size", flat=True))


def values_of(mailbox: Mailbox, mail: RawMail, parsed: ParsedMail) -> dict[str, Any]:
    """A mail as the columns of its row, with the record it answers."""
    thread = thread_of(parsed)
    return {
        "mailbox": mailbox,
        "message_id": parsed.message_id,
        "in_reply_to": parsed.in_reply_to,
        "references": list(parsed.references),
        "sender": parsed.sender,
        "sender_name": parsed.sender_name,
        "to": list(parsed.to),
        "subject": parsed.subject,
        "text": parsed.text,
        "full_text": parsed.full_text,
        "headers": dict(parsed.headers),
        "raw": keep(mail.raw),
        "size": mail.size,
        "digest": parsed.digest,
        "thread": thread[0] if thread else "",
        "thread_id": thread[1] if thread else None,
    }


def keep_attachments(received: IncomingMessage, parsed: ParsedMail, numbers: MailNumbers) -> list[IncomingAttachment]:
    """Stores what may be stored and returns what was refused."""
    rows = []
    for number, part in enumerate(parsed.attachments, start=1):
        sniffed = sniff(part.content)
        why = refusal(
            name=part.name,
            sniffed=sniffed,
            size=len(part.content),
            number=number,
            most_bytes=numbers.attachment_bytes,
            most=numbers.attachments,
        )
        rows.append(
            IncomingAttachment(
                message=received,
                number=number,
                name=safe_name(part.name, number),
                size=len(part.content),
                claimed_type=part.claimed_type,
                sniffed_type=sniffed,
                path="" if why else keep(part.content),
                refused=why,
            )
        )
    if rows:
        IncomingAttachment.objects.bulk_create(rows)
    return [row for row in rows if row.refused]
