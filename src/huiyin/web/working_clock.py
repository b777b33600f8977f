"""Whether it is working time now, for the top bar; asked for once a minute, not once a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from huiyin.kernel.refusal import Refused
from huiyin.working_time.public import calendar_of, is_open, next_open


@dataclass(frozen=True)
class WorkingNow:
    """Working time or not, and when it begins next (aware; the same moment while it is open)."""

    is_open: bool
    opens_at: datetime


def working_now(now: datetime) -> WorkingNow | None:
    """How the company's calendar stands at ``now``; None while it says nothing."""
    return _at_minute(now.replace(second=0, microsecond=0))


@lru_cache(maxsize=2)
def _at_minute(minute: datetime) -> WorkingNow | None:
    try:
        calendar = calendar_of()
    except Refused:
        return None
    return WorkingNow(is_open(calendar, minute), next_open(calendar, minute))
