"""The contact rules on columns: who may not be called this week at all, and whose gap ends within it (VIS-15).

The same rules as the contact ledger's for one person, for a million customers at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

import numpy as np

from huiyin.visits.rules.planning.columns import MICROSECOND, Flags, Ints
from huiyin.visits.rules.planning.reasons import Passed

BLOCKS = (
    "",
    Passed.MONTHLY_CAP,
    Passed.GAP,
    Passed.REFUSED_BEFORE,
    Passed.NO_PHONE,
    Passed.DO_NOT_CONTACT,
)


class Spacing(Protocol):
    """The numbers of the contact rules that hold here."""

    @property
    def gap(self) -> timedelta:
        """The least time between two contacts."""

    @property
    def monthly_cap(self) -> int:
        """How many contacts a calendar month may have."""

    @property
    def refusal_respected(self) -> timedelta:
        """How long a no holds."""


@dataclass(frozen=True)
class Contacts:
    """What is known of contacts, one row a candidate: moments in microseconds since 1970, 0 where there was none."""

    do_not_contact: Flags
    has_phone: Flags
    last_contact: Ints
    contacts_this_month: Ints
    refused_at: Ints


@dataclass(frozen=True)
class Reach:
    """``block`` is a place in :data:`BLOCKS`; ``due_from`` is moved to the end of a gap that ends within the week."""

    block: Ints
    due_from: Ints


def reach(
    spacing: Spacing, contacts: Contacts, owed: Flags, due_from: Ints, *, begins: int, last_start: int | None
) -> Reach:
    """Applies the rules at ``begins``, the first moment to be planned; ``last_start``: the last window begins."""
    gap, respected = spacing.gap // MICROSECOND, spacing.refusal_respected // MICROSECOND
    free = contacts.last_contact + gap
    in_gap = (contacts.last_contact > 0) & (begins < free)
    refused = (contacts.refused_at > 0) & (begins < contacts.refused_at + respected)
    block = np.zeros(len(owed), dtype=np.int64)
    for code, rows in (
        (Passed.MONTHLY_CAP, ~owed & (contacts.contacts_this_month >= spacing.monthly_cap)),
        (Passed.GAP, ~owed & in_gap),
        (Passed.REFUSED_BEFORE, ~owed & refused),
        (Passed.NO_PHONE, ~contacts.has_phone),
        (Passed.DO_NOT_CONTACT, contacts.do_not_contact),
    ):
        block[rows] = BLOCKS.index(code)
    soon = (block == BLOCKS.index(Passed.GAP)) & (free <= (last_start if last_start is not None else 0))
    block[soon] = 0
    return Reach(block, np.where(soon, np.maximum(due_from, free), due_from))
