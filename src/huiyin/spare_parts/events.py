"""What spare parts tell the rooms above."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PartsMissing:
    """Something that ``about`` (label, key) needs is not there; ``part`` is its name and number."""

    about: tuple[str, int]
    part: str


@dataclass(frozen=True)
class PartsComplete:
    """All that ``about`` (label, key) waited for is there and reserved; ``part`` came last."""

    about: tuple[str, int]
    part: str
