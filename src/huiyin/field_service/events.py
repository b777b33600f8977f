"""What field service tells the rooms above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class SiteVisitPlanned:
    """An appointment was made or moved."""

    visit_id: int
    case_id: int
    engineer_id: int
    start_at: datetime


@dataclass(frozen=True)
class EngineerArrived:
    """The engineer is on site."""

    visit_id: int
    case_id: int
    engineer_id: int
    at: datetime


@dataclass(frozen=True)
class SiteVisitDone:
    """The service report was signed."""

    visit_id: int
    case_id: int
    at: datetime
