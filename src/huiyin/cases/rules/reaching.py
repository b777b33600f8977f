"""Which tries to reach a customer count towards the unreachable rule: those since it was last heard (CAS-11)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Contact:
    """A contact since the result was told: when, by which way, and whether the customer was heard."""

    at: datetime
    way: str
    heard: bool


def unanswered(contacts: Iterable[Contact]) -> list[Contact]:
    """The tries in vain since the customer was last heard; ``contacts`` are in the order of time."""
    tries: list[Contact] = []
    for contact in contacts:
        tries = [] if contact.heard else [*tries, contact]
    return tries
