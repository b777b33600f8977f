"""Step 2: purchases come in from a file."""

from __future__ import annotations

from tests.journeys.walk import Walk


def from_a_file(walk: Walk) -> None:
    """x."""
