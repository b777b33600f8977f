"""What visits tell the rooms above."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class VisitFailed:
    """A visit ended without success; with ``replace`` another customer is to be drawn."""

    visit_id: int
    customer_id: int
    kind: str
    case_id: int | None
    replace: bool
    about: tuple[str, int] | None = None


@dataclass(frozen=True)
class VisitDone:
    """A visit was completed; its answers stand at its asking. ``about`` is the row that wanted it."""

    visit_id: int
    customer_id: int
    kind: str
    case_id: int | None
    about: tuple[str, int] | None = None
