"""The one clock that pages, API and tasks read. Tests move it; nothing below them reads time by itself."""

from __future__ import annotations

from datetime import UTC, datetime

_fixed: datetime | None = None


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _fixed or datetime.now(UTC)


def set_clock(moment: datetime | None) -> None:
    """Holds the clock at a moment (aware), or lets it run again with None. For tests and rehearsals only."""
    global _fixed  # noqa: PLW0603 - one clock for the whole process, also for its server threads
    if moment is not None and moment.tzinfo is None:
        raise ValueError("the clock needs an aware moment")
    _fixed = moment
