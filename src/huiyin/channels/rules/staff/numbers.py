"""The numbers of notices on platforms; the shipped ones stand until the company writes its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, time, timedelta
from typing import Any

from huiyin.channels.rules.waits import next_look, next_try


@dataclass(frozen=True)
class StaffNumbers:
    """Waits in minutes. ``quiet_from`` and ``quiet_until`` are wall clock times in the person's zone.

    ``looks``: when, after a try of unknown fate, the platform is asked again; ``receipts``: when it is asked what
    became of a notice that it accepted; ``skew_minutes``: how far the platform's clock may be from ours.

    ``callback_minutes``: how far a push's time stamp may be from now, ``callback_bytes`` how large it may be;
    ``flood_messages`` of one person within ``flood_minutes`` are too many.
    """

    quiet_from: time = time(21)
    quiet_until: time = time(8)
    retry: tuple[int, ...] = (1, 5, 15, 60)
    lease_minutes: int = 3
    looks: tuple[int, ...] = (2, 5, 15, 35)
    receipts: tuple[int, ...] = (5, 60)
    skew_minutes: int = 60
    callback_minutes: int = 10
    callback_bytes: int = 512 * 1024
    flood_messages: int = 100
    flood_minutes: int = 10

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> StaffNumbers:
        """Reads stored values; what is missing keeps its default, what is unknown is ignored."""
        return cls(**{each.name: _as(data[each.name]) for each in fields(cls) if each.name in data})

    @property
    def lease(self) -> timedelta:
        """How long a sender may take for one notice."""
        return timedelta(minutes=self.lease_minutes)

    @property
    def callback_window(self) -> timedelta:
        """How far a push's time stamp may be from now."""
        return timedelta(minutes=self.callback_minutes)

    @property
    def flood_window(self) -> timedelta:
        """Within which time the messages of one person are counted."""
        return timedelta(minutes=self.flood_minutes)

    def next_try(self, attempts: int, now: datetime) -> datetime | None:
        """When to try again after ``attempts`` failed tries; None when it is time to give up."""
        return next_try(self.retry, attempts, now)

    def next_look(self, tried_at: datetime, now: datetime, *, uncertain: bool) -> datetime | None:
        """When to ask the platform next; None when there is no use any more."""
        return next_look(self.looks if uncertain else self.receipts, tried_at, now)

    def proven(self, tried_at: datetime, now: datetime) -> bool:  # noqa: ARG002 - the same question as for SMS
        """No platform proves that it has nothing: an app's notice is asked for again under its key instead."""
        return False


def _as(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return time.fromisoformat(value) if isinstance(value, str) else value
