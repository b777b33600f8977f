"""Invented cases of the past: what was wrong, who handled it, and when each stage was reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from random import Random

from huiyin.demo.rules.buyers import Bought, Buyer, World
from huiyin.demo.rules.words import PLANS, PROBLEM_TYPES, PROBLEMS
from huiyin.working_time.rules.bulk import CompiledCalendar

HANDLERS = {
    "product": (("rnd", ("3002", "3003")), ("technical", ("5002", "5003", "5004"))),
    "process": (("operations", ("4002", "4001")),),
    "attitude": (("service", ("1002", "1003")),),
    "need": (("service", ("2001", "2003", "2005")), ("rnd", ("3002",))),
}
CHANNELS = ("phone", "phone", "phone", "email", "website", "store", "app", "platform")
LEVEL_RANK = {"urgent": 1, "important": 2, "general": 3}
PACE = {"urgent": 0.35, "important": 1.0, "general": 1.4}
WAY = (
    ("verify", "open", "verified", 1.0, 7.0),
    ("plan", "verified", "planned", 1.0, 12.0),
    ("confirm", "planned", "confirmed", 0.3, 6.0),
    ("start", "confirmed", "executing", 0.2, 4.0),
    ("finish", "executing", "done", 1.0, 20.0),
    ("tell", "done", "told", 0.2, 7.0),
    ("verdict", "told", "accepted", 0.1, 6.0),
    ("ask_revisit", "accepted", "revisit", 0.0, 0.1),
    ("record_revisit", "revisit", "closed", 3.0, 9.0),
)
"""Verb, from, to, and the fewest and most working hours each stage takes at a common pace."""


@dataclass(frozen=True)
class Stage:
    """One move of a case and when (UTC)."""

    verb: str
    source: str
    target: str
    at: datetime


@dataclass(frozen=True)
class CaseStory:
    """How one case went until now: from the first word to the second score, or as far as it came.

    ``at`` tells when each verb was done; ``answered`` is None while nobody has answered.
    """

    kind: str
    topic: str
    title: str
    words: str
    channel: str
    level: str
    department: str
    handler: str
    agent: str
    emotion: str
    received: datetime
    answered: datetime | None
    stages: tuple[Stage, ...]
    plan: str
    cost: int
    verdict: str
    score: int
    second_score: int
    product: str
    problem_type: str

    @property
    def state(self) -> str:
        """Where it stands."""
        return self.stages[-1].target if self.stages else "open"

    @property
    def since(self) -> datetime:
        """Since when it stands there."""
        return self.stages[-1].at if self.stages else self.received

    @cached_property
    def at(self) -> dict[str, datetime]:
        """When each verb was done."""
        return {stage.verb: stage.at for stage in self.stages}


def case_story(
    world: World, calendar: CompiledCalendar, who: Buyer, bought: Bought, share: float, now: datetime
) -> CaseStory | None:
    """The case about a purchase as it stands ``now``, or None when there is none (``share`` of purchases have one)."""
    dice = world.dice("case", who.index * 100 + bought.sequence)
    trouble = max(product.trouble for product, _quantity in bought.items)
    if dice.random() >= share * (0.6 + 0.4 * trouble):
        return None
    received = bought.at + timedelta(days=dice.randint(1, 60), minutes=dice.randint(0, 600))
    return _story(dice, calendar, bought, received, now) if received < now else None


def _story(dice: Random, calendar: CompiledCalendar, bought: Bought, received: datetime, now: datetime) -> CaseStory:
    topic = dice.choices(("product", "process", "attitude", "need"), (50, 22, 8, 20))[0]
    product = max(bought.items, key=lambda item: item[0].trouble)[0]
    title, words = dice.choice(PROBLEMS[topic])
    level = dice.choices(("urgent", "important", "general"), (8, 42, 50) if topic != "need" else (0, 10, 90))[0]
    department, people = dice.choice(HANDLERS[topic])
    pace = PACE[level] * (1.5 if dice.random() < 0.16 else 0.75)
    stages = _stages(dice, calendar, received, pace)
    answered = calendar.add_working_time(received, timedelta(hours=dice.uniform(0.2, 5.0) * pace))
    score = min(5, max(3, round(dice.gauss(4.2, 0.7))))
    return CaseStory(
        kind="need" if topic == "need" else "complaint" if topic != "product" or dice.random() < 0.5 else "repair",
        topic=topic,
        title=title.format(product=product.category),
        words=words.format(product=product.name),
        channel=dice.choice(CHANNELS),
        level=level,
        department=department,
        handler=dice.choice(people),
        agent=dice.choice(("2001", "2002", "2003", "2004", "2005", "2006")),
        emotion=dice.choices(("neutral", "dissatisfied", "angry"), (50, 42, 8))[0],
        received=received,
        answered=min(answered, stages[0].at) if answered < now else None,
        stages=tuple(stage for stage in stages if stage.at < now),
        plan=dice.choice(PLANS),
        cost=0 if dice.random() < 0.85 else dice.choice((80, 120, 260)),
        verdict="satisfied" if score >= 4 else "mostly",
        score=score,
        second_score=min(5, max(1, score + dice.choice((-1, 0, 0, 0, 1)))),
        product=product.model,
        problem_type=PROBLEM_TYPES[title],
    )


def _stages(dice: Random, calendar: CompiledCalendar, received: datetime, pace: float) -> tuple[Stage, ...]:
    at = received
    stages = []
    for verb, source, target, least, most in WAY:
        at = calendar.add_working_time(at, timedelta(hours=dice.uniform(least, most) * pace))
        stages.append(Stage(verb, source, target, at))
    return tuple(stages)
