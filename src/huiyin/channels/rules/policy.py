"""The numbers of the mail channel; the shipped ones stand until the company writes its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from huiyin.channels.rules.waits import next_try

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class MailNumbers:
    """Limits and waits.

    ``retry_minutes``: waits after the first, second … failed try; then the message is given up. ``lease_minutes``:
    after so long in ``sending`` the sender is taken for dead. ``flood_mails`` within ``flood_minutes`` from one sender,
    or ``same_thread_mails`` of them answering the same message of ours, count as a loop.
    """

    retry_minutes: tuple[int, ...] = (1, 5, 15, 60, 240, 720)
    lease_minutes: int = 15
    flood_mails: int = 20
    same_thread_mails: int = 5
    flood_minutes: int = 10
    attachment_mb: int = 20
    mail_mb: int = 40
    attachments: int = 50

    @property
    def attachment_bytes(self) -> int:
        """The largest attachment that is kept."""
        return self.attachment_mb * MEGABYTE

    @property
    def mail_bytes(self) -> int:
        """The most that is kept of one mail."""
        return self.mail_mb * MEGABYTE

    @property
    def flood_window(self) -> timedelta:
        """The stretch of time over which mails of one sender are counted."""
        return timedelta(minutes=self.flood_minutes)

    @property
    def lease(self) -> timedelta:
        """How long a sender may take for one message."""
        return timedelta(minutes=self.lease_minutes)

    def next_try(self, attempts: int, now: datetime) -> datetime | None:
        """When to try again after ``attempts`` failed tries; None when it is time to give up."""
        return next_try(self.retry_minutes, attempts, now)


SHIPPED = MailNumbers()
