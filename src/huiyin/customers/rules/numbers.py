"""Customer numbers: CS, year and month, running number of the month (CS202311001)."""

from __future__ import annotations

import re
from datetime import datetime

PATTERN = re.compile(r"CS\d{4}(0[1-9]|1[0-2])\d{3,}")


def prefix_of(local: datetime) -> str:
    """The prefix of the month of ``local`` (a moment in the company's zone)."""
    return f"CS{local:%Y%m}"


def numbers_from(prefix: str, last: int, count: int) -> list[str]:
    """The ``count`` numbers that end with running number ``last``; at least three digits."""
    return [f"{prefix}{running:03d}" for running in range(last - count + 1, last + 1)]


def is_ours(number: str) -> bool:
    """Whether a text is a customer number of this house."""
    return PATTERN.fullmatch(number) is not None
