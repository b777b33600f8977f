"""What a short message says about a plan: yes, no, or something that a person has to read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

_BETWEEN = r"[\s,，.。;；:：!！#、-]*"
_NUMBER = re.compile(r"(?:gd\d{8}-\d{4,}|\d{2,8})", re.IGNORECASE)
_SIGNATURE = re.compile(r"^\s*(?:【[^】]*】|\[[^\]]*\])\s*")


@dataclass(frozen=True)
class PlanReply:
    """A clear answer; ``token`` names the case (its number, or the running part of it) and may be empty."""

    agreed: bool
    token: str
    words: str


def read_reply(text: str, agree: Iterable[str], decline: Iterable[str], *, alone: bool = False) -> PlanReply | None:
    """The answer in the first line of a message; None when it is not plainly yes or no.

    A yes stands alone, with a case number at most: "yes, but …" is for a person to read. A no may go on with a reason.
    With ``alone`` (an SMS has no signature below) nothing may follow a yes on later lines either.
    """
    reply = _read(_first_line(text), agree, decline)
    return None if reply and reply.agreed and alone and len(_lines(text)) > 1 else reply


def _read(line: str, agree: Iterable[str], decline: Iterable[str]) -> PlanReply | None:
    said = unicodedata.normalize("NFKC", line).strip().lower()
    number, rest = _without_number(said)
    rest = rest.strip(" ,，.。;；:：!！#、-")
    if rest in {word.lower() for word in agree}:
        return PlanReply(agreed=True, token=number, words=line)
    for word in sorted(decline, key=len, reverse=True):
        if re.fullmatch(rf"{re.escape(word.lower())}(?:(?!\w){_BETWEEN}.*|{_BETWEEN})", rest):
            return PlanReply(agreed=False, token=number, words=line)
    return None


def means_newest(told_at: datetime, at: datetime, answers_at: datetime | None, *, changed: bool) -> bool:
    """Whether an answer can be about the newest version of a plan.

    It cannot when it was written before that version was first told (``told_at``), nor, when the customer was told an
    earlier version as well (``changed``), when it replies to a message of ours from before (``answers_at``).
    """
    if at < told_at:
        return False
    return not changed or answers_at is None or answers_at >= told_at


def _lines(text: str) -> list[str]:
    lines = (_SIGNATURE.sub("", line).strip() for line in text.splitlines())
    return [line for line in lines if line]


def _first_line(text: str) -> str:
    return next(iter(_lines(text)), "")


def _without_number(said: str) -> tuple[str, str]:
    """A number at the end or the beginning names a case; one in the middle of a sentence does not."""
    for pattern in (
        rf"^(?P<rest>.*?){_BETWEEN}(?P<number>{_NUMBER.pattern})\W*$",
        rf"^(?P<number>{_NUMBER.pattern}){_BETWEEN}(?P<rest>.*)$",
    ):
        if found := re.match(pattern, said, re.IGNORECASE):
            return found["number"], found["rest"]
    return "", said


def names(token: str, number: str) -> bool:
    """Whether a token stands for a case number: all of it, or its running part."""
    whole, running = number.lower(), number.rpartition("-")[2]
    return token.lower() == whole or (token.isdigit() and running.isdigit() and int(token) == int(running))
