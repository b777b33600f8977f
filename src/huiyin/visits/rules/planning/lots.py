"""The draw's numbers: fixed by seed and visit alone, whatever order they come in and however many there are."""

from __future__ import annotations

WORD = 2**64
STEP = 0x9E3779B97F4A7C15
FIRST, SECOND = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB


def lot(seed: int, number: int) -> int:
    """The number drawn for ``number``: splitmix64, a bijection, so that no two visits draw the same."""
    return mixed((number + mixed(seed % WORD)) % WORD)


def mixed(word: int) -> int:
    """One step of splitmix64 on a 64-bit word."""
    word = (word + STEP) % WORD
    word = (word ^ (word >> 30)) * FIRST % WORD
    word = (word ^ (word >> 27)) * SECOND % WORD
    return word ^ (word >> 31)
