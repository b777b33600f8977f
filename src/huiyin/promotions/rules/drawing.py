"""Which lines are asked about and when: dearer gifts first, equal ones by lot, spread over the days (VIS-5)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Drawable:
    """A line as the lot sees it: its key on the list, and the value of one gift in yuan."""

    key: int
    value: Decimal


def wanted_of(lines: int, share: int) -> int:
    """How many of so many lines are asked about: ``share`` percent, rounded up."""
    return -(-lines * share // 100)


def ranking(lines: Iterable[Drawable], seed: int) -> tuple[int, ...]:
    """The keys, dearest gift first; of equally dear ones the lot decides, always the same for one seed."""
    return tuple(line.key for line in sorted(lines, key=lambda line: (-line.value, _lot(seed, line.key))))


def _lot(seed: int, key: int) -> bytes:
    return hashlib.sha256(f"{seed}:{key}".encode()).digest()


def spread(count: int, days: Sequence[date]) -> tuple[date, ...]:
    """A day for each of ``count`` in order, evenly: no day has more than one more than another.

    Raises:
        ValueError: there is somebody to ask and no day.
    """
    if count and not days:
        raise ValueError("nobody can be asked on no day")
    return tuple(days[place * len(days) // count] for place in range(count))
