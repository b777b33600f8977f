"""How a deadline reads: in time, due soon, late, kept, paused; and by how much, in wall time."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _


class Standing(StrEnum):
    """The standings a clock can have, by the names the ledger of promises uses."""

    DUE = "running"
    SOON = "soon"
    LATE = "late"
    KEPT = "kept"
    KEPT_LATE = "kept-late"
    PAUSED = "paused"
    CANCELLED = "cancelled"


def standing_of(
    due_at: datetime, now: datetime, *, warn_at: datetime | None = None, kept_at: datetime | None = None
) -> Standing:
    """The standing of a running or settled clock; all moments aware. At ``due_at`` sharp it is still in time."""
    if kept_at is not None:
        return Standing.KEPT if kept_at <= due_at else Standing.KEPT_LATE
    if now > due_at:
        return Standing.LATE
    return Standing.SOON if warn_at is not None and now >= warn_at else Standing.DUE


def span_words(span: timedelta) -> Message:
    """A length of time in two units at most: minutes, hours and minutes, or days and hours."""
    hours, minutes = divmod(max(0, int(span.total_seconds() // 60)), 60)
    days, rest = divmod(hours, 24)
    if days:
        return message(_("%(d)s d %(h)s h"), d=days, h=rest)
    if hours:
        return message(_("%(h)s h %(m)s min"), h=hours, m=minutes)
    return message(_("%(m)s min"), m=minutes)
