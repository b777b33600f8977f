"""The escalation ladder: when a promise warns, breaks and climbs, and whom it tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from huiyin.working_time.rules.arithmetic import deadline
from huiyin.working_time.rules.calendar import WorkingCalendar
from huiyin.working_time.rules.span import Span

STEPS = ("warn", "breach", "escalate")
"""In order; each is taken once. Owner hears the warning, owner and manager the breach, the director the climb."""


@dataclass(frozen=True)
class Ladder:
    """The numbers of a ladder: warn when this share of the time is used up; climb this long after the breach."""

    warn_share: float
    climb_after: Span


def ladder_moments(
    ladder: Ladder, calendar: WorkingCalendar, start: datetime, due: datetime
) -> tuple[datetime, datetime, datetime]:
    """The moments of the steps of a promise that runs from ``start`` to ``due`` (aware).

    The warning lies at a share of the wall time and never before ``start``; a promise already due warns and breaks at
    once.
    """
    used = max(due - start, timedelta(0)) * ladder.warn_share
    return (start + used, due, deadline(calendar, due, ladder.climb_after).at)
