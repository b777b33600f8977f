"""Is this somebody we know? By customer number, then phone, then name and address (CUS-4).

A customer number is certain. A phone or an address is shared by families and offices: it decides only together with
the same name (or when no name is given); with another name, or with another number in the same outside system, the two
stay apart and are shown to a person as a suspected pair.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple


class Likeness(StrEnum):
    """Why two files look alike."""

    PHONE = "phone"
    EMAIL = "email"
    NAME_ADDRESS = "name_address"


class Candidate(NamedTuple):
    """A known customer that shares something with the newcomer; ``numbered``: it has a number in the same system."""

    id: int
    plain_name: str
    numbered: bool


class Newcomer(NamedTuple):
    """What a row or a form says about somebody; ``numbered`` if it gives a number in an outside system."""

    plain_name: str
    numbered: bool


class Match(NamedTuple):
    """The customer it is, or None for somebody new, and whom it suspiciously resembles."""

    id: int | None
    suspects: tuple[tuple[int, Likeness], ...] = ()


def match(
    newcomer: Newcomer,
    *,
    by_number: Sequence[int],
    by_phone: Sequence[Candidate] = (),
    by_name_address: Sequence[Candidate] = (),
) -> Match:
    """Decides. ``by_number`` are customers found by number, the most certain first."""
    if by_number:
        return Match(by_number[0])
    for candidates in (by_phone, by_name_address):
        same = next((known.id for known in candidates if _agrees(newcomer, known)), None)
        if same is not None:
            return Match(same)
    suspects = {known.id: Likeness.NAME_ADDRESS for known in by_name_address}
    suspects |= {known.id: Likeness.PHONE for known in by_phone}
    return Match(None, tuple(sorted(suspects.items())))


def _agrees(newcomer: Newcomer, known: Candidate) -> bool:
    same_name = not newcomer.plain_name or newcomer.plain_name == known.plain_name
    return same_name and not (newcomer.numbered and known.numbered)
