"""What the channels tell the rooms above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class MessageReceived:
    """Somebody wrote to the company.

    ``thread_of`` is the record (label, pk) of ours that the message answers, if it answers one. Whoever takes the
    message up calls ``mark_handled``. ``identity_id`` is the person at a platform who wrote it (None: by mail or SMS).
    """

    message_id: int
    channel: str
    sender: str
    subject: str
    text: str
    thread_of: tuple[str, int] | None
    identity_id: int | None = None


@dataclass(frozen=True)
class MessageNotDelivered:
    """A message of ours failed for good, was given up or came back; ``about`` is the record it was about."""

    message_id: int
    state: str
    reason: str
    about: tuple[str, int] | None


@dataclass(frozen=True)
class OptedOut:
    """Somebody wants no more messages at ``address`` by ``channel``; nothing goes there any more from now on.

    ``message_id`` is the received message that says so.
    """

    channel: str
    address: str
    message_id: int | None


@dataclass(frozen=True)
class PhoneCallMoved:
    """The line told something about a call that was asked for; ``about`` is the record it was asked for.

    ``state`` is a ``LineState``; ``result`` what the line said ("": it does not say), ``code`` its own code for it,
    ``seconds`` the talk once it ended, ``at`` when it ended (else when it was told).
    """

    call_id: int
    about: tuple[str, int]
    staff_id: int
    state: str
    result: str
    code: str
    seconds: int | None
    at: datetime


@dataclass(frozen=True)
class RecordingOffered:
    """An exchange has a recording of a call: at ``url``, to be fetched with ``fetch_sound``, or right here."""

    call_id: int
    about: tuple[str, int]
    exchange_id: int
    url: str
    content: bytes | None
    at: datetime
