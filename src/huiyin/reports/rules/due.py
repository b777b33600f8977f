"""When a report on a period is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class DueRule:
    """So many days after the first day that no longer belongs to the period, at a clock time in the company's zone."""

    days_after: int
    at: time

    def due(self, after: date, zone: ZoneInfo) -> datetime:
        """The due moment of a report on a period that ends before ``after``."""
        return datetime.combine(after + timedelta(days=self.days_after), self.at, zone)


def is_late(due_at: datetime, submitted_at: datetime) -> bool:
    """Whether a report handed in at ``submitted_at`` is late; the due moment itself is in time."""
    return submitted_at > due_at
