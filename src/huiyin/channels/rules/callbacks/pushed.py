"""A push, what proves it, what it says, and why it is not taken."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from huiyin.kernel.words import gettext_noop as _

SIGNATURE, STALE, SEALED, RECEIVER, BROKEN, LARGE, KEYS = (
    "signature",
    "stale",
    "sealed",
    "receiver",
    "broken",
    "large",
    "keys",
)
REFUSALS: dict[str, tuple[int, str]] = {
    SIGNATURE: (401, _("Its signature or token is wrong")),
    STALE: (401, _("It was signed too long ago, or in the future")),
    SEALED: (400, _("It cannot be decrypted with this key")),
    RECEIVER: (403, _("It is meant for another application")),
    BROKEN: (400, _("It cannot be read")),
    LARGE: (413, _("It is larger than accepted")),
    KEYS: (503, _("The callback's token or key is not where the account says")),
}
"""The HTTP status and the reason (a message id) of every refusal."""
LONGEST_KEY, LONGEST_NAME = 120, 80
MILLIS = 1e11  # seconds until the year 5138; larger stamps are milliseconds


class NotTaken(Exception):
    """The push is refused; ``why`` is a key of ``REFUSALS``. Nothing of it is kept."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Pushed:
    """What came over HTTP; names of headers are in lower case."""

    body: bytes = b""
    params: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def named(self, name: str) -> str:
        """A parameter of the address, empty when it is missing."""
        return str(self.params.get(name, ""))


@dataclass(frozen=True)
class Keys:
    """What proves that a push is the platform's and ours: its token and key, who we are there, and the app's secret."""

    token: str
    key: str
    receiver: str
    secret: str = ""


@dataclass(frozen=True)
class Words:
    """A message of a person. ``key`` is the platform's number of it, ``people`` the names by which the platform knows
    the sender, the first one for good; ``kind`` is empty for a text, else what it is instead."""

    key: str
    people: tuple[str, ...]
    text: str
    name: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Answer:
    """What the platform wants to hear."""

    content: str = ""
    content_type: str = "text/plain; charset=utf-8"


@dataclass(frozen=True)
class Told:
    """What a genuine push says: perhaps a person's words, and the answer to it."""

    answer: Answer
    words: Words | None = None


def same(given: str, expected: str) -> bool:
    """Whether a proof fits; never by an empty one, and in the same time whatever differs."""
    return bool(expected) and hmac.compare_digest(clean(given).encode(), expected.encode())


def check_fresh(stamp: str, now: datetime, window: timedelta) -> None:
    """Lets a stamp (seconds or milliseconds since 1970) within ``window`` of now pass.

    Raises:
        NotTaken: it is older, lies ahead, or is none.
    """
    if not stamp.isascii() or not stamp.isdecimal() or len(stamp) > 14:  # noqa: PLR2004 - milliseconds until 5138
        raise NotTaken(STALE)
    seconds = int(stamp) / 1000 if int(stamp) > MILLIS else int(stamp)
    if abs(now.timestamp() - seconds) > window.total_seconds():
        raise NotTaken(STALE)


def json_object(body: bytes | str) -> Mapping[str, Any]:
    """The JSON object.

    Raises:
        NotTaken: it is none.
    """
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotTaken(BROKEN) from error
    if not isinstance(found, dict):
        raise NotTaken(BROKEN)
    return found


def part(found: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """An object within an object, empty when it is missing or something else."""
    inner = found.get(name)
    return inner if isinstance(inner, dict) else {}


def text_of(found: Mapping[str, Any], name: str) -> str:
    """A text or number as clean text, empty when it is missing or something else."""
    value = found.get(name)
    return clean(str(value)) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""


def clean(text: str) -> str:
    """Without what no database takes: zero bytes and halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def checked(words: Words) -> Words:
    """Words that say what they are and whose.

    Raises:
        NotTaken: number or sender are missing, or longer than any platform's.
    """
    people = tuple(dict.fromkeys(one.strip() for one in words.people if one.strip()))
    if not words.key or not people or max(map(len, (words.key, *people))) > LONGEST_KEY:
        raise NotTaken(BROKEN)
    return Words(words.key, people, words.text, words.name[:LONGEST_NAME], words.kind[:40])
