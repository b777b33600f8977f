"""What cases tell the rooms above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class CaseOpened:
    """A case was opened."""

    case_id: int


@dataclass(frozen=True)
class CaseSettled:
    """The customer has accepted the result; a revisit by someone other than ``handler_id`` is due (VIS-2, VIS-4)."""

    case_id: int
    customer_id: int | None
    kind: str
    handler_id: int | None
    settled_at: datetime


@dataclass(frozen=True)
class CaseReopened:
    """A case that was told, accepted or closed is in work again; a revisit that was planned is void."""

    case_id: int


@dataclass(frozen=True)
class FollowUpAgreed:
    """The customer wants to be asked again on a day: ``words`` say about what (CAS-11)."""

    case_id: int
    number: str
    customer_id: int
    on: date
    words: str
    store_id: int | None


@dataclass(frozen=True)
class CaseCancelled:
    """A case ended without a verdict: withdrawn, a duplicate, a mistake or spam; ``reason`` says it in words."""

    case_id: int
    reason: str


@dataclass(frozen=True)
class CaseMerged:
    """A case ended in favour of another one, which goes on with what belonged to it."""

    case_id: int
    into_id: int


@dataclass(frozen=True)
class CaseUnmerged:
    """A merge was undone: both cases go on by themselves again."""

    case_id: int
    from_id: int


@dataclass(frozen=True)
class CaseClosed:
    """A case was closed and archived."""

    case_id: int
    customer_id: int | None
