"""Kinds of channels: one folder each under ``kinds/``, declared as ``KIND`` and discovered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from huiyin.channels.models import Mailbox, MailboxProgress, OutgoingMessage
from huiyin.channels.rules.policy import MailNumbers
from huiyin.kernel.registry import Registry
from huiyin.kernel.words import Message


class Direction(StrEnum):
    """Which way a channel runs."""

    OUT = "out"
    IN = "in"
    STAFF = "staff"


class FateKind(StrEnum):
    """How one try of sending ended."""

    SENT = "sent"
    LATER = "later"
    REFUSED = "refused"
    NOT_SET_UP = "not_set_up"


@dataclass(frozen=True)
class Fate:
    """The end of one try; ``reason`` is the server's words without personal data."""

    kind: FateKind
    reason: str = ""


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

    ``check`` gives what is wrong with an address (None: nothing). ``send`` never raises for what a server may say.
    ``fetch`` raises ``OSError`` or the library's error when the mailbox cannot be read.
    """

    code: str
    label: str
    icon: str
    direction: Direction
    check: Callable[[str], Message | None] | None = None
    send: Callable[[OutgoingMessage], Fate] | None = None
    fetch: Callable[[Mailbox, MailboxProgress, MailNumbers], Fetched] | None = None
    tell: Callable[[datetime, Sequence[int], Message, str, Sequence[object]], int] | None = None


@cache
def channel_kinds() -> Registry[ChannelKind]:
    """Every declared kind by code."""
    import huiyin.channels.kinds as folder  # noqa: PLC0415 - the kinds import this module

    kinds: Registry[ChannelKind] = Registry("channel")
    for found in iter_modules(folder.__path__, f"{folder.__name__}."):
        kind: ChannelKind = import_module(found.name).KIND
        kinds.register(kind.code, kind)
    return kinds
