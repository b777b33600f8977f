"""The problem tracking table (CAS-14): what it is narrowed to, and how a problem stands against its plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from huiyin.kernel.words import gettext_noop as _


class Standing(StrEnum):
    """How a problem stands."""

    OPEN = "open"
    FINISHED = "finished"
    LATE = "late"


STANDINGS: dict[str, str] = {
    Standing.OPEN: _("Not finished yet"),
    Standing.FINISHED: _("Finished"),
    Standing.LATE: _("Later than planned"),
}


@dataclass(frozen=True)
class TrackingFilter:
    """Problems received from ``first`` to ``last`` (days of the company); empty values do not narrow the table.

    ``view`` is the key of a saved view of cases whose condition holds as well.
    """

    first: date
    last: date
    department: int | None = None
    standing: str = ""
    view: str = ""
    text: str = ""


@dataclass(frozen=True)
class Tracked:
    """What the table counts; ``on_time`` and ``late`` only of those with a planned finish."""

    total: int
    open: int
    finished: int
    on_time: int
    late: int
    satisfied: int
    mostly: int
    not_satisfied: int
