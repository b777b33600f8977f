"""What a platform declares: how its requests look and what its answers mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from huiyin.channels.rules.callbacks.pushed import Answer, Keys, Pushed, Told

Take = Callable[[Pushed, Keys, datetime, timedelta], Told]
Prove = Callable[[Pushed, Keys, datetime, timedelta], Answer]


@dataclass(frozen=True)
class Access:
    """How to reach an account: its address and what proves that it is ours; ``secret`` of a robot is its key."""

    base_url: str
    key_id: str = ""
    agent_id: str = ""
    secret: str = ""
    sign_secret: str = ""


@dataclass(frozen=True)
class Note:
    """What is to be told to whom (a userid; empty for a group). ``key`` is the same however often it is tried."""

    to: str
    text: str
    link: str
    key: str


@dataclass(frozen=True)
class Request:
    """One HTTP request; without a body it is a GET."""

    path: str
    params: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


class Verdict(StrEnum):
    """What an answer means: accepted, refused for good, to be tried later, or the access token is no longer good."""

    TAKEN = "taken"
    REFUSED = "refused"
    LATER = "later"
    STALE = "stale"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Token:
    """An access token and how many seconds it is good for."""

    value: str
    seconds: int


@dataclass(frozen=True)
class Platform:
    """One platform. ``read`` judges an answer's JSON, ``serial`` takes the platform's number of the message from it.

    ``same_for``: so long the same notice sent again by an application reaches the person once. ``result`` asks what
    became of an application's notice, ``landed`` reads it (None: not known yet).

    ``take`` reads what the platform pushes to an application, ``prove`` answers its check of our address where that is
    a GET; both raise ``NotTaken``.
    """

    code: str
    label: str
    icon: str
    base_url: str
    robot: Callable[[Access, Note, datetime], Request]
    token: Callable[[Access], Request]
    read_token: Callable[[Mapping[str, Any]], Token | None]
    app: Callable[[Access, str, Note], Request]
    read: Callable[[Mapping[str, Any]], tuple[Verdict, str]]
    serial: Callable[[Mapping[str, Any]], str]
    same_for: timedelta
    take: Take
    prove: Prove | None = None
    result: Callable[[Access, str, str], Request] | None = None
    landed: Callable[[Mapping[str, Any], str], bool | None] | None = None
