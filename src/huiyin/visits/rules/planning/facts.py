"""What a plan is drawn from and what comes out, as frozen facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from huiyin.kernel.windows import ANY_TIME, Liked, OpenWindow


class Mode(StrEnum):
    """How a week that has a plan already is drawn: from scratch, only what is missing, or with the least change.

    What is done, begun or agreed with the customer stays in any case.
    """

    ANEW = "anew"
    FILL_UP = "fill_up"
    REPLAN = "replan"


@dataclass(frozen=True)
class Placed:
    """Where a visit stands in the plan that people already see: with whom, in the call window that ends at ``end``."""

    agent: int
    end: datetime


@dataclass(frozen=True)
class Candidate:
    """A visit that could be planned.

    ``due_from``/``due_by`` are aware moments. ``liked`` are the customer's own hours and weekdays. ``blocked`` is the
    code of the reason not to contact the customer at all ("" when contact is allowed). ``obligatory`` visits stand
    outside quota and draw. ``known_agents``: who is in charge, else who spoke with them before. ``not_agent``: who
    must not do it (the person who handled the case). ``placed``: its place so far, when a week is planned again.
    """

    id: int
    customer: int
    amount: Decimal | None
    due_from: datetime
    due_by: datetime
    store: int | None = None
    store_size: str = ""
    liked: Liked = ANY_TIME
    skill: str = ""
    language: str = ""
    known_agents: tuple[int, ...] = ()
    not_agent: int | None = None
    blocked: str = ""
    obligatory: bool = False
    placed: Placed | None = None


@dataclass(frozen=True)
class Agent:
    """Who can make visits: how many a day, which days not, with which skills and languages.

    ``off_shift`` are the ends of the windows that do not lie wholly within the person's shifts.
    """

    id: int
    a_day: int
    days_off: frozenset[date] = frozenset()
    skills: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    off_shift: frozenset[datetime] = frozenset()

    def works_in(self, window: OpenWindow) -> bool:
        """Whether the person is there for a window: not on leave, and on shift all along."""
        return window.day not in self.days_off and window.end not in self.off_shift


@dataclass(frozen=True)
class PlanWeek:
    """The week to plan: its Monday, its working days, and the call windows still ahead."""

    monday: date
    working_days: tuple[date, ...]
    windows: tuple[OpenWindow, ...]


@dataclass(frozen=True)
class Kept:
    """A visit of this week that is already done or stays as it is; it counts against quota, shares and capacity."""

    customer: int
    day: date
    agent: int
    start: datetime | None
    band: str
    store: int | None
    sampled: bool


@dataclass(frozen=True)
class Assignment:
    """A chosen visit: when, by whom, and why (reason codes with their numbers, main reason first)."""

    candidate: int
    customer: int
    window: OpenWindow
    agent: int
    band: str
    store: int | None
    because: tuple[tuple[str, Mapping[str, object]], ...]
    obligatory: bool = False


@dataclass(frozen=True)
class NotChosen:
    """A candidate that was not chosen: the reason's code and, where it was drawn, its place in the draw."""

    candidate: int
    code: str
    place: int = 0


@dataclass(frozen=True)
class Relaxation:
    """A soft rule that gave way: its code and the numbers that say how far."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Stratum:
    """Band and store: how many candidates there were, how many are planned (obligatory ones apart)."""

    band: str
    store: int | None
    store_size: str
    candidates: int
    planned: int


@dataclass(frozen=True)
class Step:
    """One question the solver answered: what its answer costs, and what any answer costs at least."""

    name: str
    cost: int
    bound: int

    @property
    def gap(self) -> float:
        """How much dearer than the bound, as a share of the cost; 0 is proven best."""
        return max(self.cost - self.bound, 0) / self.cost if self.cost > 0 else 0.0


@dataclass(frozen=True)
class Plan:
    """A drawn week. ``target`` is the number of successful sampled visits aimed at, ``kept`` counted in.

    ``passed`` counts who was not chosen by reason. ``steps`` prove how good it is. ``last_drawn`` is the highest draw
    number taken in each band. ``moved`` counts the visits that stand elsewhere than in the plan before.
    """

    monday: date
    seed: int
    target: int
    turn: str
    assignments: tuple[Assignment, ...]
    not_chosen: Sequence[NotChosen]
    relaxations: tuple[Relaxation, ...]
    strata: tuple[Stratum, ...]
    band_targets: Mapping[str, int]
    passed: Mapping[str, int] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    last_drawn: Mapping[str, int] = field(default_factory=dict)
    moved: int = 0

    @property
    def gap(self) -> float:
        """The widest gap of its steps."""
        return max((step.gap for step in self.steps), default=0.0)
