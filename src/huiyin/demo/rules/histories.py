"""Whole histories of invented customers, in handfuls, so that a company of any size fits into memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from huiyin.demo.rules.buyers import Bought, Buyer, World, buyer, purchases
from huiyin.demo.rules.cases import CaseStory, case_story
from huiyin.demo.rules.visits import VisitStory, visit_story
from huiyin.working_time.rules.bulk import CompiledCalendar

HANDFUL = 2_000


@dataclass(frozen=True)
class Event:
    """A purchase and what came of it by now."""

    bought: Bought
    visit: VisitStory | None
    case: CaseStory | None


@dataclass(frozen=True)
class History:
    """One customer with everything that happened."""

    who: Buyer
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Telling:
    """How to tell histories: up to the moment ``now``, with visits and cases after these shares of the purchases."""

    world: World
    calendar: CompiledCalendar
    now: datetime
    visit_share: float
    case_share: float


def handfuls(telling: Telling, size: int = HANDFUL) -> Iterator[list[History]]:
    """All histories in order, ``size`` at a time; each is invented once."""
    everyone = range(telling.world.customers)
    for start in range(0, telling.world.customers, size):
        yield [history(telling, index) for index in everyone[start : start + size]]


def history(telling: Telling, index: int) -> History:
    """The history of the index-th customer."""
    who = buyer(telling.world, index)
    bought = (each for each in purchases(telling.world, who) if each.at < telling.now)
    return History(who, tuple(_event(telling, who, each) for each in bought))


def _event(telling: Telling, who: Buyer, bought: Bought) -> Event:
    return Event(
        bought,
        visit_story(telling.world, telling.calendar, who, bought, telling.visit_share, telling.now),
        case_story(telling.world, telling.calendar, who, bought, telling.case_share, telling.now),
    )
