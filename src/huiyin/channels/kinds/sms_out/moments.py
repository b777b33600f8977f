"""Times as providers write them: wall clock of Beijing, or seconds."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")


def beijing_time(text: object) -> datetime | None:
    """``2017-01-01 00:00:00`` in Beijing as a moment; None when it is none."""
    try:
        return datetime.strptime(str(text), "%Y-%m-%d %H:%M:%S").replace(tzinfo=BEIJING)
    except ValueError:
        return None


def unix_time(seconds: object) -> datetime | None:
    """Seconds since 1970 as a moment; None when they are none."""
    try:
        return datetime.fromtimestamp(int(str(seconds)), UTC)
    except (ValueError, OverflowError, OSError):
        return None
