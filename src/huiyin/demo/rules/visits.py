"""Invented visits of the past: when they were made, what the line said, what the customer answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

from huiyin.demo.rules.buyers import Bought, Buyer, World
from huiyin.demo.rules.words import GRUMBLES, NEEDS, PRAISE, SUGGESTIONS
from huiyin.working_time.rules.bulk import CompiledCalendar

AGENTS = ("2001", "2002", "2003", "2004", "2005", "2006")
KNACK = {"2001": 0.15, "2002": 0.0, "2003": 0.1, "2004": -0.2, "2005": 0.05, "2006": -0.05}
DIMENSIONS = ("product", "response", "staff", "process", "value")
LEVELS = {"product": 4.35, "response": 4.15, "staff": 4.45, "process": 4.05, "value": 3.95}
DEAD_LINES = ("powered_off", "out_of_service", "wrong_number")


@dataclass(frozen=True)
class Dial:
    """One dial: when (UTC), what the line said and what the call brought."""

    at: datetime
    line: str
    business: str = ""


@dataclass(frozen=True)
class VisitStory:
    """How one visit went; ``scores`` and words are empty unless it was done."""

    state: str
    agent: str
    dials: tuple[Dial, ...]
    seconds: int
    recorded_at: datetime
    late: bool
    scores: dict[str, int]
    problem: str
    need: str
    suggestion: str
    emotion: str

    @property
    def low(self) -> bool:
        """Whether some score asks for a case."""
        return any(score <= 2 for score in self.scores.values())


def visit_story(
    world: World, calendar: CompiledCalendar, who: Buyer, bought: Bought, share: float, now: datetime
) -> VisitStory | None:
    """The visit after a purchase, or None when it was not drawn (``share`` of purchases are) or is still to come."""
    dice = world.dice("visit", who.index * 100 + bought.sequence)
    if dice.random() >= share or who.do_not_contact:
        return None
    first = _calling_moment(dice, calendar, bought.at + timedelta(days=dice.randint(7, 13)))
    story = _story(world, dice, calendar, who, bought, first)
    return story if story.recorded_at < now else None


def _calling_moment(dice: Random, calendar: CompiledCalendar, near: datetime) -> datetime:
    """A moment in a call window on the first working day from ``near`` on; mornings not on Mondays."""
    day = near + timedelta(hours=8)
    while not calendar.calendar.is_working_day(day.date()):
        day += timedelta(days=1)
    morning = dice.random() < 0.45 and day.isoweekday() != 1
    start = 10 * 60 if morning else 14 * 60
    length = 90 if morning else 150
    return _at(day.date(), start + dice.randrange(length - 8), dice.randrange(60))


def _at(day: date, minute: int, second: int) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minute - 8 * 60, seconds=second)


def _story(
    world: World, dice: Random, calendar: CompiledCalendar, who: Buyer, bought: Bought, first: datetime
) -> VisitStory:
    agent = dice.choice(AGENTS)
    luck = dice.random()
    if luck < 0.14:
        second = _calling_moment(dice, calendar, first + timedelta(days=1))
        return _silent(
            "not_reached", agent, (Dial(first, "no_answer"), Dial(second, dice.choice(["no_answer", "busy"])))
        )
    if luck < 0.19:
        return _silent("not_reached", agent, (Dial(first, dice.choice(DEAD_LINES)),))
    if luck < 0.24:
        return _silent("refused", agent, (Dial(first, "connected", "refused"),))
    dials: tuple[Dial, ...] = (Dial(first, "connected", "completed"),)
    if luck < 0.42:
        second = _calling_moment(dice, calendar, first + timedelta(days=1))
        dials = (Dial(first, "no_answer"), Dial(second, "connected", "completed"))
    return _answered(world, dice, who, bought, agent, dials)


def _silent(state: str, agent: str, dials: tuple[Dial, ...]) -> VisitStory:
    return VisitStory(state, agent, dials, 0, dials[-1].at, False, {}, "", "", "", "")


def _answered(
    world: World, dice: Random, who: Buyer, bought: Bought, agent: str, dials: tuple[Dial, ...]
) -> VisitStory:
    trouble = max(product.trouble for product, _quantity in bought.items)
    better = 0.25 * (1 - (world.today - bought.at.date()).days / world.days)
    lean = who.mood + bought.store.quality + KNACK[agent] + better
    scores = {
        dimension: min(5, max(1, round(level + lean + dice.gauss(0, 0.65) - _woe(dice, dimension, trouble))))
        for dimension, level in LEVELS.items()
    }
    mean = sum(scores.values()) / len(scores)
    emotion = "angry" if mean < 2.2 else "dissatisfied" if mean < 3.0 else "neutral" if mean < 4.0 else "satisfied"
    late = dice.random() < 0.03
    recorded = dials[-1].at + (
        timedelta(hours=dice.randint(25, 60)) if late else timedelta(minutes=dice.randint(4, 40))
    )
    return VisitStory(
        state="done",
        agent=agent,
        dials=dials,
        seconds=dice.randint(110, 420),
        recorded_at=recorded,
        late=late,
        scores=scores,
        problem=dice.choice(GRUMBLES) if mean < 3.6 else dice.choice(PRAISE) if dice.random() < 0.3 else "",
        need=dice.choice(NEEDS) if dice.random() < 0.12 else "",
        suggestion=dice.choice(SUGGESTIONS) if dice.random() < 0.2 else "",
        emotion=emotion,
    )


def _woe(dice: Random, dimension: str, trouble: float) -> float:
    """Now and then something went badly wrong, more often with troubled products."""
    if dimension == "product" and dice.random() < 0.02 * trouble:
        return 2.4
    return 2.0 if dice.random() < 0.015 else 0.0
