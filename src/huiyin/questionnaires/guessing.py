"""Counts guessed links and begun questionnaires per address of the network; a good link is never held up by either."""

from __future__ import annotations

import hashlib

from django.core.cache import cache

MOST_GUESSES = 30
MOST_STARTS = 60
WINDOW_SECONDS = 600


def too_many_guesses(address: str) -> bool:
    """Counts one guess from this network address; True once there were more than 30 in ten minutes."""
    return _counted("guess", address) > MOST_GUESSES


def too_many_starts(address: str) -> bool:
    """Counts one questionnaire begun by a printed code; True once there were more than 60 in ten minutes."""
    return _counted("start", address) > MOST_STARTS


def _counted(what: str, address: str) -> int:
    key = f"{what}:{hashlib.sha256(address.encode()).hexdigest()[:32]}"
    if cache.add(key, 1, WINDOW_SECONDS):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:  # it ran out in between
        return 1
