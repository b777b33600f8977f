"""The one later chance after a refusal (VIS-28): when it may be, and when there is none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from huiyin.kernel.windows import OpenWindow

OFFERED = (1, 2)
"""How many times the policy's rest each offered chance is away; the first one is the default."""


def first_open(hours: Sequence[OpenWindow], moment: datetime) -> datetime:
    """The first moment from ``moment`` on that lies in the hours; ``moment`` itself where none is left of them."""
    ahead = next((window for window in hours if window.end > moment), None)
    return max(ahead.start, moment) if ahead else moment


def chances(
    hours: Sequence[OpenWindow], now: datetime, rest: timedelta, *, latest: datetime | None
) -> tuple[datetime, ...]:
    """The hours that may be offered for the later chance, the default first; none when none lies before ``latest``."""
    found = dict.fromkeys(first_open(hours, now + rest * times) for times in OFFERED)
    return tuple(moment for moment in found if latest is None or moment <= latest)
