"""What a receipt of the carrier does to a message, whenever and however often it comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

DELIVERED = "delivered"
UNDELIVERED = "undelivered"
ON_THE_WAY = frozenset({"sending", "sent", "uncertain"})


@dataclass(frozen=True)
class Report:
    """One receipt: ``serial`` is the provider's number of the message, ``reference`` ours (empty when the provider
    does not give it back), ``number`` eleven digits, ``reason`` the carrier's code and words, ``at`` the moment."""

    serial: str
    reference: str
    number: str
    delivered: bool
    reason: str
    at: datetime | None


@dataclass(frozen=True)
class Reply:
    """One SMS of a customer; ``key`` is the same whenever the provider tells it again."""

    key: str
    number: str
    text: str
    at: datetime | None


def after_receipt(state: str, *, delivered: bool) -> str | None:
    """The new state; None when the receipt changes nothing.

    Delivered is final: the phone has it, whatever comes later. A failure counts only for a message that is on its way;
    a message that waits for another try is not stopped by the failure of an earlier one.
    """
    if delivered:
        return None if state == DELIVERED else DELIVERED
    return UNDELIVERED if state in ON_THE_WAY else None
