"""Quiet hours: what we send of our own accord waits until morning; answers to the customer's own doing do not."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Purpose(StrEnum):
    """Why an SMS is sent: it answers what the customer just did (a receipt), or we approach the customer."""

    SERVICE = "service"
    APPROACH = "approach"


def quiet_end(at: datetime, *, begins: time, ends: time, zone: ZoneInfo) -> datetime | None:
    """When the quiet hours that ``at`` lies in end; None when it lies outside of them.

    ``begins`` and ``ends`` are wall clock times in ``zone`` (21:00 and 08:00 run over midnight); equal times mean that
    there are no quiet hours. The beginning is quiet, the end is not.
    """
    local = at.astimezone(zone)
    now = local.time().replace(tzinfo=None)
    if begins == ends or not _quiet(now, begins, ends):
        return None
    day = local.date() + timedelta(days=1 if begins > ends and now >= begins else 0)
    return datetime.combine(day, ends, zone)


def _quiet(now: time, begins: time, ends: time) -> bool:
    if begins < ends:
        return begins <= now < ends
    return now >= begins or now < ends
