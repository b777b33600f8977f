"""What the answers of a recipient mean for the line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from huiyin.promotions.rules.words import Standing

SAYS_NO = "no"
NO_MEANS = {
    "received": Standing.NOT_RECEIVED,
    "right": Standing.OTHER_GIFT,
    "all": Standing.FEWER,
    "good": Standing.DAMAGED,
}
"""The questions of the shipped questionnaires by code, in order: what a "no" to each means."""


def verdict_of(chosen: Mapping[str, Sequence[str]]) -> Standing | None:
    """The line's result after these answers (chosen codes by question); None: it was not said whether it came.

    The first "no" decides. Questions with other codes, which a company may have added, do not decide anything.
    """
    if not chosen.get("received"):
        return None
    return next((means for code, means in NO_MEANS.items() if SAYS_NO in chosen.get(code, ())), Standing.REAL)
