"""Counts guessed links per address of the network; a good link is never held up by somebody else's guesses."""

from __future__ import annotations

import hashlib

from django.core.cache import cache

MOST_GUESSES = 30
WINDOW_SECONDS = 600


def too_many_guesses(address: str) -> bool:
    """Counts one guess from this network address; True once there were more than 30 in ten minutes."""
    key = f"guess:{hashlib.sha256(address.encode()).hexdigest()[:32]}"
    if cache.add(key, 1, WINDOW_SECONDS):
        return False
    try:
        return cache.incr(key) > MOST_GUESSES
    except ValueError:  # it ran out in between
        return False
