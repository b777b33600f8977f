"""What rules need to know about a case before they say yes or no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class PlanFacts:
    """The newest plan: cost in yuan, days until it is due, and whether the customer agreed, and how."""

    version: int
    cost: Decimal = Decimal(0)
    days: int = 0
    sent: bool = False
    confirmed: bool = False
    way: str = ""


@dataclass(frozen=True)
class CaseFacts:
    """A case as the guards see it.

    ``unreached`` are the days (company's zone) of contact attempts without an answer since the result stood,
    ``unreached_by`` the ways they took;
    ``verdict`` is the newest one in force, empty after a reopening;
    ``since_merge`` counts what has happened since in the case this one was merged into.
    """

    state: str
    kind: str
    level: str
    handler_id: int | None = None
    plan: PlanFacts | None = None
    verdict: str = ""
    revisit: str = ""
    open_tasks: int = 0
    open_parts: int = 0
    unreached: tuple[date, ...] = ()
    unreached_by: tuple[str, ...] = ()
    since_merge: int = 0


@dataclass(frozen=True)
class Step:
    """The step somebody wants to take: who, towards which state, with what values."""

    verb: str
    target: str
    actor_id: int | None = None
    values: Mapping[str, str] = field(default_factory=dict)
