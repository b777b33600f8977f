"""Which appointments an engineer can be offered: inside working time and duty, apart from others by the way between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, order=True)
class Slot:
    """A stretch of time, aware moments."""

    start: datetime
    end: datetime

    def apart_from(self, other: Slot, gap: timedelta) -> bool:
        """Whether there is time to get from one to the other."""
        return self.end + gap <= other.start or other.end + gap <= self.start


def offered(
    open_times: Iterable[Slot],
    busy: Sequence[Slot],
    *,
    earliest: datetime,
    length: timedelta,
    step: timedelta,
    gap: timedelta,
) -> list[Slot]:
    """Free slots of ``length`` every ``step`` inside the open times, none before ``earliest``, in order."""
    found = []
    for window in open_times:
        start = window.start
        while start + length <= window.end:
            slot = Slot(start, start + length)
            if start >= earliest and all(slot.apart_from(other, gap) for other in busy):
                found.append(slot)
            start += step
    return found
