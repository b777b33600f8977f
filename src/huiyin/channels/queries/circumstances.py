"""What the store knows about a mail that just came."""

from __future__ import annotations

from datetime import datetime

from huiyin.channels.models import IncomingMessage, Mailbox, OutgoingMessage
from huiyin.channels.rules.ignoring import Circumstances
from huiyin.channels.rules.parsing import ParsedMail
from huiyin.channels.rules.policy import MailNumbers


def circumstances_of(mail: ParsedMail, mailbox: Mailbox, now: datetime, numbers: MailNumbers) -> Circumstances:
    """Our own addresses, what the sender sent within the flood window, and whose word about senders is believed."""
    recent = IncomingMessage.objects.filter(sender=mail.sender, received_at__gt=now - numbers.flood_window)
    in_thread = recent.filter(in_reply_to=mail.in_reply_to) if mail.in_reply_to else recent.none()
    return Circumstances(
        own_addresses={address.lower() for address in Mailbox.objects.values_list("address", flat=True)},
        believed_server=mailbox.believed_server,
        recent_from_sender=recent[: numbers.flood_mails].count() if mail.sender else 0,
        recent_in_thread=in_thread[: numbers.same_thread_mails].count(),
    )


def thread_of(mail: ParsedMail) -> tuple[str, int] | None:
    """The record that the mail answers: by our message it replies to, else by an earlier mail of the same talk."""
    ids = mail.answers
    if not ids:
        return None
    sent = OutgoingMessage.objects.filter(message_id__in=ids, about_id__isnull=False).order_by("-id").first()
    if sent is not None:
        return sent.subject_of
    earlier = IncomingMessage.objects.filter(message_id__in=ids, about_id__isnull=False).order_by("-id").first()
    return (earlier.about, earlier.about_id) if earlier and earlier.about_id is not None else None
