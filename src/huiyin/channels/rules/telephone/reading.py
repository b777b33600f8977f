"""Reads the events of a push; what cannot be read is counted, never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiyin.channels.rules.telephone.line import EventKind

LONGEST_TALK = 24 * 3600


@dataclass(frozen=True)
class LineEvent:
    """One event as an exchange tells it. ``event_id`` is the same when it comes again; ``call`` is our reference, or
    the exchange's own for a call that was not asked for here."""

    event_id: str
    call: str
    kind: str
    at: datetime
    sequence: int = 0
    code: str = ""
    seconds: int | None = None
    extension: str = ""
    number: str = ""
    recording_url: str = ""


def read_events(body: Any) -> tuple[list[LineEvent], list[int]]:
    """The events of a push (one object, a list, or ``{"events": […]}``) and the places of those that are none."""
    items = body.get("events", body) if isinstance(body, dict) else body
    listed = items if isinstance(items, list) else [items]
    read = [_event(item) for item in listed]
    return [event for event in read if event], [place for place, event in enumerate(read) if event is None]


def _event(item: Any) -> LineEvent | None:
    if not isinstance(item, Mapping):
        return None
    try:
        at, kind = datetime.fromisoformat(str(item["occurred_at"])), EventKind(str(item["kind"]))
        sequence, seconds = int(item.get("sequence") or 0), item.get("seconds")
        talk = None if seconds is None else int(seconds)
    except (KeyError, ValueError, TypeError, OverflowError):
        return None
    known = bool(item.get("id")) and bool(item.get("call")) and at.tzinfo is not None
    if not known or not 0 <= sequence < 2**31 or (talk is not None and not 0 <= talk <= LONGEST_TALK):
        return None
    return LineEvent(
        event_id=str(item["id"])[:100],
        call=str(item["call"])[:100],
        kind=kind,
        at=at,
        sequence=sequence,
        code=str(item.get("code") or "")[:60],
        seconds=talk,
        extension=str(item.get("extension") or "")[:30],
        number=str(item.get("number") or "")[:40],
        recording_url=str(item.get("recording_url") or "")[:500],
    )
