"""Which open visit of a customer another wish can join, so that the customer is called once (VIS-9, VIS-15)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class OpenVisit:
    """An open visit of the customer: when it will be made, and whether it surely will.

    ``sure``: it is in the plan or owed, not one of those that may never be drawn. ``begun``: an agent has it in hand.
    """

    id: int
    at: datetime
    sure: bool = True
    begun: bool = False
    may_merge: bool = True


def can_join(visit: OpenVisit, latest: datetime, gap: timedelta) -> bool:
    """Whether a wish that is wanted by ``latest`` may be asked in this visit: not later than the gap between contacts
    after that day, as an own visit would keep the customer from being called for the other."""
    return visit.sure and visit.may_merge and not visit.begun and visit.at <= latest + gap


def to_join(visits: Iterable[OpenVisit], latest: datetime, gap: timedelta) -> tuple[list[int], int | None]:
    """The visits a wish can join, soonest first, and the one it should: the first that comes in time."""
    fit = sorted((each for each in visits if can_join(each, latest, gap)), key=lambda each: (each.at, each.id))
    in_time = [each.id for each in fit if each.at <= latest]
    return [each.id for each in fit], next(iter(in_time), None)
