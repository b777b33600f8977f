"""The numbers of the SMS channel; the shipped ones stand until the company writes its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from huiyin.channels.rules.waits import next_look, next_try


class Length(StrEnum):
    """How long something is left in peace after a provider said no."""

    DOWN = "down"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"


# Chinese data: how customers say that they want no more messages
OPT_OUT_WORDS = ("退订", "拒收", "不要再发", "别再发", "TD", "T", "N", "R", "STOP", "UNSUBSCRIBE")


@dataclass(frozen=True)
class SmsNumbers:
    """Limits and waits, in minutes where nothing else is said.

    ``retry``: waits after the first, second … failed try; then the message is given up. ``lease``: after so long a
    sender is taken for dead. ``looks``: when, after the try, a message of unknown fate is looked up at the provider;
    ``proof``: from when on its absence there proves that it was not sent (longer than any signed request stays valid,
    15 minutes). ``receipts``: when a sent message without a receipt is looked up. ``down``, ``minute``, ``hour``,
    ``day``: how long a provider, template or number is left in peace. ``reply_days``: how long an answer belongs to
    the last message to that number.
    """

    quiet_from: time = time(21)
    quiet_until: time = time(8)
    opt_out_words: tuple[str, ...] = OPT_OUT_WORDS
    most_characters: int = 500
    retry: tuple[int, ...] = (1, 5, 15, 60, 240, 720)
    lease_minutes: int = 3
    looks: tuple[int, ...] = (2, 5, 15, 35, 60, 240, 1440)
    proof: int = 30
    receipts: tuple[int, ...] = (360, 1440, 2880)
    down: int = 5
    minute: int = 1
    hour: int = 60
    day: int = 1440
    reply_days: int = 30

    @property
    def lease(self) -> timedelta:
        """How long a sender may take for one message."""
        return timedelta(minutes=self.lease_minutes)

    def next_try(self, attempts: int, now: datetime) -> datetime | None:
        """When to try again after ``attempts`` failed tries; None when it is time to give up."""
        return next_try(self.retry, attempts, now)

    def next_look(self, tried_at: datetime, now: datetime, *, uncertain: bool) -> datetime | None:
        """When to ask the provider next about a message tried at ``tried_at``; None when there is no use any more."""
        return next_look(self.looks if uncertain else self.receipts, tried_at, now)

    def proven(self, tried_at: datetime, now: datetime) -> bool:
        """Whether a provider that does not know the message proves that it was never sent."""
        return now - tried_at >= timedelta(minutes=self.proof)

    def pause(self, length: Length) -> timedelta:
        """How long to leave something in peace."""
        minutes = {Length.DOWN: self.down, Length.MINUTE: self.minute, Length.HOUR: self.hour, Length.DAY: self.day}
        return timedelta(minutes=minutes[length])


SHIPPED_SMS = SmsNumbers()
