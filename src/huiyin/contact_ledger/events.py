"""What the contact ledger tells the rooms above."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ConsentWithdrawn:
    """A customer took a consent back; ``subject`` and its id name the one matter it was about ("" and None: any)."""

    customer_id: int
    purpose: str
    subject: str
    subject_id: int | None
