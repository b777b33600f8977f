"""Pauses: times in which a clock stands still, for example while the customer has to answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.working_time.rules.windows import Window, as_utc


@dataclass(frozen=True)
class Pause:
    """The clock stands still from ``start`` to ``end`` (aware) because of ``reason``.

    Raises:
        Invalid: a moment has no time zone, or the end lies before the start.
    """

    start: datetime
    end: datetime
    reason: str | Message = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", as_utc(self.start))
        object.__setattr__(self, "end", as_utc(self.end))
        if self.end < self.start:
            raise Invalid(message(_("A pause cannot end before it begins.")))


Standstills = list[tuple[datetime, datetime]]
"""Disjoint stretches (UTC) in order, in which a clock stands still."""


def standstills(pauses: Iterable[Pause]) -> Standstills:
    """The pauses as disjoint stretches (UTC) in order; overlapping pauses count once."""
    merged: Standstills = []
    for pause in sorted(pauses, key=lambda p: p.start):
        if pause.start == pause.end:
            continue
        if merged and pause.start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], pause.end))
        else:
            merged.append((pause.start, pause.end))
    return merged


def running_parts(window: Window, still: Standstills) -> Iterator[Window]:
    """The parts of a window in which the clock runs."""
    at, touched = window.opens, False
    for start, end in still:
        if end <= at or start >= window.closes:
            continue
        touched = True
        if start > at:
            yield Window(window.day, at, start)
        at = max(at, end)
    if at < window.closes or not touched:
        yield Window(window.day, at, window.closes)
