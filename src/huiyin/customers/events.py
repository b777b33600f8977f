"""What the customers room says upward. Imports say nothing: what they bring is found by its dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class PurchaseRecorded:
    """A person or a program recorded one purchase."""

    purchase_id: int


@dataclass(frozen=True)
class CustomersMerged:
    """``gone`` went into ``kept``; rows that point to customers by foreign key have been moved already.

    A room that keeps plain customer ids moves its own rows and notes their keys in ``moved`` under the model's label:
    the way back moves exactly these.
    """

    kept_id: int
    gone_id: int
    moved: dict[str, list[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class MergeUndone:
    """``gone`` stands on its own again; ``moved`` is what the rooms noted at the merge, for them to move back."""

    kept_id: int
    gone_id: int
    moved: Mapping[str, list[int]] = field(default_factory=dict)
