"""How a promise stands right now, for chips, walls and sorting."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum


class ClockState(StrEnum):
    """What the clock of a promise shows."""

    RUNNING = "running"
    SOON = "soon"
    LATE = "late"
    PAUSED = "paused"
    KEPT = "kept"
    KEPT_LATE = "kept-late"
    CANCELLED = "cancelled"


def clock_state(*, state: str, due: datetime, warn: datetime, broken: datetime | None, now: datetime) -> ClockState:
    """The clock's face. A breach stays one: a promise kept after its due moment is ``kept-late`` for ever (SLA-5)."""
    if state == "cancelled":
        return ClockState.CANCELLED
    if state == "kept":
        return ClockState.KEPT_LATE if broken else ClockState.KEPT
    if state == "paused":
        return ClockState.PAUSED
    if broken or now > due:
        return ClockState.LATE
    return ClockState.SOON if now >= warn else ClockState.RUNNING
