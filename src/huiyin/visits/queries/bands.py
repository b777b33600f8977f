"""Pieces of SQL that several statements of the room share."""

from __future__ import annotations

from typing import Any

from huiyin.visits.rules.planning import Band


def band_case(bands: tuple[Band, ...]) -> tuple[str, dict[str, Any]]:
    """The amount bands of a purchase ``p`` as SQL, highest first, and their numbers."""
    whens: list[str] = []
    numbers: dict[str, Any] = {}
    for index, band in enumerate(reversed(bands)):
        whens.append(f"WHEN p.amount >= %(low{index})s THEN %(band{index})s")
        numbers[f"low{index}"], numbers[f"band{index}"] = band.low, band.code
    return f"CASE {' '.join(whens)} ELSE '' END", numbers
