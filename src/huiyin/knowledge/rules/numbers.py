"""The numbers of reviews: how long a review may take and how long an article counts as fresh. Versions are data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

LIMITS: dict[str, tuple[int, int]] = {
    "decide_days": (1, 30),
    "fresh_days": (7, 1825),
    "suggested": (1, 10),
    "file_megabytes": (1, 20),
    "files": (1, 30),
}
"""Smallest and largest sensible value of each number."""


@dataclass(frozen=True)
class ReviewNumbers:
    """Working days for a review, calendar days until an article is looked at again, and how many are suggested.

    ``file_megabytes`` is the size of one file of an article, ``files`` how many one version may have.
    """

    decide_days: int = 3
    fresh_days: int = 180
    suggested: int = 4
    file_megabytes: int = 10
    files: int = 10

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> ReviewNumbers:
        """Reads stored numbers; what is missing keeps its default, what is out of bounds the nearest bound."""
        known = {name: min(max(int(data[name]), low), high) for name, (low, high) in LIMITS.items() if name in data}
        return cls(**known)

    def as_data(self) -> dict[str, int]:
        """As they are stored."""
        return asdict(self)
