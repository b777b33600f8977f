"""What a clock's chip shows, read from a promise or from bare moments."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from huiyin.web.clock_words import ICONS, TONES, clock_words
from huiyin.web.moment_words import Reading, both_words, reading
from huiyin.web.rules.clock_face import Standing, standing_of

RUNNING = (Standing.DUE, Standing.SOON, Standing.LATE)


class Moments(NamedTuple):
    """The moments of a clock that is no promise (yet)."""

    due_at: datetime | None
    warn_at: datetime | None = None
    kept_at: datetime | None = None
    standing: str | None = None


class Face(NamedTuple):
    """A chip, ready to be drawn."""

    standing: str
    tone: str
    icon: str
    words: str
    due: datetime
    due_words: str
    full: str
    warn: datetime | None
    runs: bool


def face_of(promise: Any, at: Reading | None = None) -> Face | None:
    """The face of a promise of the ledger or of :class:`Moments`; None without a deadline.

    ``at``: where and when the page is read, where the caller draws many and has asked already.
    """
    due = promise.due_at
    if due is None:
        return None
    at = at or reading()
    warn = _warn_of(promise)
    return _face(_standing(promise, due, warn, at.now), due, warn, _late_by(promise, due), at)


def running(due: datetime, warn: datetime | None, at: Reading) -> Face:
    """The face of a clock that nobody has kept yet, for rows."""
    return _face(standing_of(due, at.now, warn_at=warn), due, warn, None, at)


def _face(stand: Standing, due: datetime, warn: datetime | None, late_by: timedelta | None, at: Reading) -> Face:
    words = clock_words(stand, due, at.now, late_by, at.language)
    short, full = both_words(due, at)
    return Face(stand.value, TONES[stand], ICONS[stand], words, due, short, full, warn, stand in RUNNING)


def _warn_of(promise: Any) -> datetime | None:
    ladder = getattr(promise, "ladder_at", None)
    return ladder[0] if ladder else getattr(promise, "warn_at", None)


def _standing(promise: Any, due: datetime, warn: datetime | None, now: datetime) -> Standing:
    if callable(getattr(promise, "clock", None)):
        return Standing(str(promise.clock(now)))
    said = getattr(promise, "standing", None)
    return Standing(said) if said else standing_of(due, now, warn_at=warn, kept_at=_kept_at(promise))


def _kept_at(promise: Any) -> datetime | None:
    return getattr(promise, "settled_at", None) or getattr(promise, "kept_at", None)


def _late_by(promise: Any, due: datetime) -> timedelta | None:
    """In working time where the ledger knows it, else in wall time."""
    margin: timedelta | None = getattr(promise, "margin", None)
    if margin is not None:
        return timedelta(0) - margin
    kept = _kept_at(promise)
    return None if kept is None else kept - due
