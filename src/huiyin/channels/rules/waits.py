"""How long a sender waits between tries: the same for mail, SMS and notices on platforms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta


def next_try(minutes: Sequence[int], attempts: int, now: datetime) -> datetime | None:
    """When to try again after ``attempts`` failed tries; None when it is time to give up."""
    if attempts > len(minutes):
        return None
    return now + timedelta(minutes=minutes[max(attempts, 1) - 1])


def next_look(minutes: Sequence[int], tried_at: datetime, now: datetime) -> datetime | None:
    """The next of the moments so many minutes after the try; None when all have passed."""
    moments = (tried_at + timedelta(minutes=each) for each in minutes)
    return next((moment for moment in moments if moment > now), None)
