"""Keys of rows as forms send them."""

from __future__ import annotations

LONGEST = 18  # digits of the largest key the database holds


def key_in(text: object) -> int | None:
    """The key a text names; None when it is none."""
    digits = str(text)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= LONGEST else None
