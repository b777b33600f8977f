"""What working time tells the rooms above."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CalendarChanged:
    """A calendar got a new version; deadlines given before keep theirs unless their room decides otherwise."""

    code: str
    version: int
    reason: str
