"""What somebody who writes to us can have read of ours by then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from huiyin.channels.models import IncomingMessage, OutgoingMessage


@dataclass(frozen=True)
class Written:
    """When a received message was written, and when we wrote the one it answers (None: none of ours, or not known).

    An SMS has its provider's moment. A mail has the moment it came in: the clocks of senders are not believed.
    """

    at: datetime
    answers_at: datetime | None


def written(message_id: int) -> Written | None:
    """The moments of a received message; None when there is no such message."""
    received = IncomingMessage.objects.filter(pk=message_id).first()
    if received is None:
        return None
    return Written(received.written_at or received.received_at, _answers_at(received))


def _answers_at(received: IncomingMessage) -> datetime | None:
    """The message it replies to; where that is none of ours, the newest of ours that it refers to."""
    sent = OutgoingMessage.objects.filter(about_id__isnull=False).values_list("created_at", flat=True)
    replied_to = sent.filter(message_id=received.in_reply_to).first() if received.in_reply_to else None
    return replied_to or sent.filter(message_id__in=received.references).order_by("-created_at").first()
