"""What the events of one call come to, whatever order they arrive in and however often (CHN-4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from huiyin.channels.rules.telephone.codes import CONNECTED, said_by
from huiyin.kernel.words import gettext_noop as _


class EventKind(StrEnum):
    """What an exchange tells."""

    RINGING = "ringing"
    ANSWERED = "answered"
    HUNG_UP = "hung_up"
    RECORDING = "recording"


class LineState(StrEnum):
    """Where a call stands. ``unknown``: whether the exchange dialled is not known; it is never asked a second time."""

    ASKED = "asked"
    UNKNOWN = "unknown"
    RINGING = "ringing"
    ANSWERED = "answered"
    ENDED = "ended"
    FAILED = "failed"
    GIVEN_UP = "given_up"


STATE_LABELS: dict[str, str] = {
    LineState.ASKED: _("Being dialled"),
    LineState.UNKNOWN: _("Not known whether it rings"),
    LineState.RINGING: _("Rings"),
    LineState.ANSWERED: _("On the line"),
    LineState.ENDED: _("Ended"),
    LineState.FAILED: _("Not dialled"),
    LineState.GIVEN_UP: _("Given up"),
}
KIND_LABELS: dict[str, str] = {
    EventKind.RINGING: _("Rings"),
    EventKind.ANSWERED: _("Picked up"),
    EventKind.HUNG_UP: _("Hung up"),
    EventKind.RECORDING: _("Recording ready"),
}
OPEN = (LineState.ASKED, LineState.UNKNOWN, LineState.RINGING, LineState.ANSWERED)


@dataclass(frozen=True)
class Happened:
    """One event of a call; ``seconds`` is the talk as the exchange counted it (None: not said)."""

    kind: str
    at: datetime
    sequence: int = 0
    code: str = ""
    seconds: int | None = None


@dataclass(frozen=True)
class Line:
    """What is known of a call: ``result`` is what the line said ("": not known), ``seconds`` the talk once it ended."""

    state: str = ""
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    result: str = ""
    code: str = ""
    seconds: int | None = None


def line_of(events: Iterable[Happened], codes: Mapping[str, str]) -> Line:
    """The line after all events: the same for every order of arrival, and for events that came twice.

    An answered call stays answered whatever code ends it. A call that ended unanswered says why by its code; a code
    that the table does not know says nothing, and a person has to.
    """
    happened = sorted(set(events), key=lambda each: (each.at, each.sequence, each.kind, each.code, each.seconds or 0))
    answered = next((each for each in happened if each.kind == EventKind.ANSWERED), None)
    ended = next((each for each in reversed(happened) if each.kind == EventKind.HUNG_UP), None)
    talked = answered is not None or bool(ended and ended.seconds)
    if ended is None:
        rings = any(each.kind == EventKind.RINGING for each in happened)
        state = LineState.ANSWERED if answered else LineState.RINGING if rings else ""
        return Line(state, answered.at if answered else None, result=CONNECTED if answered else "")
    said = said_by(codes, ended.code)
    result = CONNECTED if talked else "" if said == CONNECTED else said
    seconds = _seconds(answered, ended) if talked else None
    return Line(LineState.ENDED, answered.at if answered else None, ended.at, result, ended.code, seconds)


def _seconds(answered: Happened | None, ended: Happened) -> int:
    if ended.seconds is not None:
        return ended.seconds
    return max(0, int((ended.at - answered.at).total_seconds())) if answered else 0
