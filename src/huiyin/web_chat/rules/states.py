"""Where a talk stands, and how it ended."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from huiyin.kernel.words import gettext_noop as _


class ChatState(StrEnum):
    """A visitor waits, somebody talks with them, it is over."""

    WAITING = "waiting"
    TALKING = "talking"
    ENDED = "ended"


class Outcome(StrEnum):
    """How a talk ended."""

    ANSWERED = "answered"
    CASE = "case"
    MISSED = "missed"


STATE_LABELS: dict[str, str] = {
    ChatState.WAITING: _("Waits for an answer"),
    ChatState.TALKING: _("In talk"),
    ChatState.ENDED: _("Over"),
}
OUTCOME_LABELS: dict[str, str] = {
    Outcome.ANSWERED: _("Answered in the chat"),
    Outcome.CASE: _("Became a case"),
    Outcome.MISSED: _("Missed; the answer is owed as a case"),
}
VISITOR, OURS, HOUSE = "visitor", "ours", "house"
"""Who says a line: the visitor, one of us, or the house itself (a sentence of ours as message id)."""


def transcript(lines: Iterable[tuple[str, str, str, str]], longest: int) -> str:
    """A talk as plain text, from (clock time, side, name, words); lines of the house are left out. A longer
    talk keeps its beginning and its end."""
    said = [f"{at} {name}: {words}" for at, side, name, words in lines if side != HOUSE]
    text = "\n".join(said)
    if len(text) <= longest:
        return text
    half = (longest - 5) // 2
    return f"{text[:half]}\n…\n{text[-half:]}"
