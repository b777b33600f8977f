"""How a deadline reads: in time, due soon, late, kept, paused; and by how much, in wall time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _


class Standing(StrEnum):
    """The standings a clock can have."""

    DUE = "due"
    SOON = "soon"
    LATE = "late"
    KEPT = "kept"
    KEPT_LATE = "kept_late"
    PAUSED = "paused"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class ClockFace:
    """What a chip shows: standing, the words, and the moment they speak of (None: no moment to show)."""

    standing: Standing
    words: Message
    at: datetime | None


def standing_of(
    due_at: datetime, now: datetime, *, warn_at: datetime | None = None, kept_at: datetime | None = None
) -> Standing:
    """The standing of a running or settled clock; all moments aware. On the stroke of ``due_at`` it is still in time."""
    if kept_at is not None:
        return Standing.KEPT if kept_at <= due_at else Standing.KEPT_LATE
    if now > due_at:
        return Standing.LATE
    return Standing.SOON if warn_at is not None and now >= warn_at else Standing.DUE


def span_words(span: timedelta) -> Message:
    """A length of time in two units at most: minutes, hours and minutes, or days and hours."""
    minutes = max(0, int(span.total_seconds() // 60))
    if minutes < 60:
        return message(_("%(m)s min"), m=minutes)
    if minutes < 24 * 60:
        return message(_("%(h)s h %(m)s min"), h=minutes // 60, m=minutes % 60)
    return message(_("%(d)s d %(h)s h"), d=minutes // 1440, h=minutes % 1440 // 60)
