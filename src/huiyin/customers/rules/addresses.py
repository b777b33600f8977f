"""Addresses as they are written."""

from __future__ import annotations

from collections.abc import Sequence

# Chinese data: the first Han character
FIRST_HAN = "\u4e00"


def full_address(parts: Sequence[str]) -> str:
    """A place in one line, from large to small as it is written in Chinese; repeated and empty parts left out."""
    glue = "" if all(part[0] >= FIRST_HAN for part in parts if part) else " "
    return glue.join(dict.fromkeys(part for part in parts if part))
