"""Kinds of channels: one folder each under ``kinds/``, declared as ``KIND`` and discovered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Protocol, cast

from huiyin.channels.models import Mailbox, MailboxProgress, OutgoingMessage, PhoneCall, StaffNotice
from huiyin.channels.rules.policy import MailNumbers
from huiyin.channels.rules.sms.policy import Length
from huiyin.foundation.folders import declared_in
from huiyin.kernel.registry import Registry
from huiyin.kernel.words import Message


class Direction(StrEnum):
    """Which way a channel runs."""

    OUT = "out"
    IN = "in"
    STAFF = "staff"
    CALL = "call"


class FateKind(StrEnum):
    """How one try of sending, or one look at what became of it, ended.

    ``LATER`` is certainly not sent. ``UNKNOWN``: whether it was sent is not known; it must not be sent again before
    that is known. ``WAIT`` and ``WITHHELD``: not tried at all. ``NOT_SENT``: a look proved that it was never sent.
    """

    SENT = "sent"
    LATER = "later"
    REFUSED = "refused"
    NOT_SET_UP = "not_set_up"
    UNKNOWN = "unknown"
    WAIT = "wait"
    WITHHELD = "withheld"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    NOT_SENT = "not_sent"


class HoldScope(StrEnum):
    """What has to be left in peace: the whole account, one kind of message of it, or the number."""

    ACCOUNT = "account"
    KIND = "kind"
    NUMBER = "number"


@dataclass(frozen=True)
class Hold:
    """What a provider asks to be left in peace, and for how long."""

    scope: HoldScope
    length: Length


@dataclass(frozen=True)
class Fate:
    """The end of one try; ``reason`` is the server's words without personal data.

    ``serial`` is the provider's number of the message; ``until`` when a waiting message may go; ``at`` when the
    customer's phone had it.
    """

    kind: FateKind
    reason: str = ""
    serial: str = ""
    until: datetime | None = None
    at: datetime | None = None
    hold: Hold | None = None


class Waits(Protocol):
    """The waits of a channel that sends, from the numbers in force."""

    @property
    def lease(self) -> timedelta:
        """After so long in ``sending`` the sender is taken for dead."""

    def next_try(self, attempts: int, now: datetime) -> datetime | None:
        """When to try again after ``attempts`` failed tries; None when it is time to give up."""


class Looks(Waits, Protocol):
    """The waits of a channel that can look up what became of a message."""

    def next_look(self, tried_at: datetime, now: datetime, *, uncertain: bool) -> datetime | None:
        """When to look next at a message tried at ``tried_at``; None when there is no use any more."""

    def proven(self, tried_at: datetime, now: datetime) -> bool:
        """Whether a provider that does not know the message proves that it was never sent."""


@dataclass(frozen=True)
class RawMail:
    """One fetched mail; ``raw`` is without oversized parts, ``size`` is what the sender sent."""

    uid: int
    raw: bytes
    size: int


@dataclass(frozen=True)
class Fetched:
    """What a look into a mailbox found: the mailbox's generation and its new mails, oldest first."""

    uid_validity: int
    mails: Iterator[RawMail]


@dataclass(frozen=True)
class ChannelKind:
    """One channel. ``label`` is a message id, ``icon`` a lucide icon; a kind has the functions of its direction.

    ``check`` gives what is wrong with an address (None: nothing). ``set_up`` says whether a kind of message (of
    an SMS its code) could be sent at all. ``compose`` completes a message before it is stored.
    ``ready`` is asked when a message is due: None, or why it may not go now. ``send`` never raises for what a server
    may say. ``look`` asks the provider what became of a message; a channel that has it never sends a message again
    whose fate is unknown, unless the provider lets the same one through once. ``waits`` are its numbers.
    ``dial`` asks for a call to a number, once.
    ``fetch`` raises ``OSError`` or the library's error when the mailbox cannot be read.
    """

    code: str
    label: str
    icon: str
    direction: Direction
    check: Callable[[str], Message | None] | None = None
    set_up: Callable[[str], bool] | None = None
    compose: Callable[[OutgoingMessage], None] | None = None
    ready: Callable[[OutgoingMessage, datetime], Fate | None] | None = None
    send: Callable[[OutgoingMessage], Fate] | None = None
    look: Callable[[OutgoingMessage], Fate] | None = None
    waits: Callable[[], Waits] | None = None
    fetch: Callable[[Mailbox, MailboxProgress, MailNumbers], Fetched] | None = None
    dial: Callable[[PhoneCall, str], Fate] | None = None
    tell: Callable[[datetime, Sequence[int], Message, str, Sequence[object]], list[StaffNotice]] | None = None


def looks_of(kind: str) -> Looks:
    """The numbers of a channel that can look up what became of a message."""
    waits = channel_kinds()[kind].waits
    assert waits is not None  # noqa: S101 - the contract test of the kinds
    return cast("Looks", waits())


@cache
def channel_kinds() -> Registry[ChannelKind]:
    """Every declared kind by code."""
    import huiyin.channels.kinds as folder  # noqa: PLC0415 - the kinds import this module

    return declared_in(folder, "KIND", "channel")
