"""What the customers room says upward. Imports say nothing: what they bring is found by its dates."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PurchaseRecorded:
    """A person or a program recorded one purchase."""

    purchase_id: int


@dataclass(frozen=True)
class CustomersMerged:
    """``gone`` went into ``kept``; rows that point to customers by foreign key have been moved already."""

    kept_id: int
    gone_id: int


@dataclass(frozen=True)
class MergeUndone:
    """``gone`` stands on its own again, with the rows that had been moved."""

    kept_id: int
    gone_id: int
