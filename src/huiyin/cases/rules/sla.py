"""Which promises a case owes: clocks of a policy by level, start event and goal (SLA-1, SLA-2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from huiyin.cases.rules.kinds import LEVELS
from huiyin.cases.rules.states import WaitingFor
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

EVERY = "*"
UNITS = frozenset({"working_hours", "working_days", "hours", "days"})
STARTS = ("received", "reopened", "plan_sent", "waiting", "finished", "told", "settled")
GOALS = ("first_response", "verify", "plan", "agree", "follow_up", "solve", "tell_result", "verdict", "revisit")

REACHED: dict[str, tuple[str, ...]] = {
    "verify": ("first_response", "verify"),
    "contact": ("first_response",),
    "plan": ("first_response", "plan"),
    "confirm": ("agree",),
    "decline": ("agree",),
    "start": ("first_response", "agree"),
    "resume": ("follow_up",),
    "finish": ("first_response", "verify", "plan", "solve"),
    "tell": ("first_response", "tell_result"),
    "verdict": ("verdict",),
    "record_revisit": ("revisit",),
}
"""Which goals a step reaches."""


@dataclass(frozen=True)
class Clock:
    """One clock: for which level, which event starts it, which goal stops it, how much of which unit it has.

    Units say whether it runs in working time (``working_hours``, ``working_days``) or round the clock (``hours``,
    ``days``).
    """

    level: str
    start: str
    goal: str
    amount: float
    unit: str


@dataclass(frozen=True)
class Policy:
    """A set of clocks with its calendar, its version, and for whom the clocks stand still while waiting."""

    code: str
    version: int
    calendar: str
    clocks: tuple[Clock, ...]
    pauses: frozenset[str] = field(default=frozenset({str(WaitingFor.CUSTOMER)}))

    @property
    def title(self) -> str:
        """Code and version, as a promise names its policy."""
        return f"{self.code} v{self.version}"


def owed(policy: Policy, level: str, start: str) -> list[Clock]:
    """The clocks that an event starts for a case of this level; its own level's clock beats one for every level."""
    matching = [clock for clock in policy.clocks if clock.start == start and clock.level in (level, EVERY)]
    best = {clock.goal: clock for clock in sorted(matching, key=lambda clock: clock.level == level)}
    return [clock for clock in matching if best[clock.goal] is clock]


def stands_still(policy: Policy, waiting_for: str) -> bool:
    """Whether the clocks stand still while a case waits for this."""
    return waiting_for in policy.pauses


def read_policy(data: Mapping[str, Any]) -> Policy:
    """Reads a stored or imported policy.

    Raises:
        Invalid: a clock names an unknown level, event, goal or unit, or has no time at all.
    """
    clocks = tuple(_read_clock(clock) for clock in data["clocks"])
    return Policy(data["code"], int(data["version"]), data["calendar"], clocks, frozenset(data.get("pauses", ())))


def _read_clock(data: Mapping[str, Any]) -> Clock:
    clock = Clock(data["level"], data["start"], data["goal"], data["amount"], data["unit"])
    known = (
        clock.level in (*LEVELS, EVERY)
        and clock.start in STARTS
        and clock.goal in GOALS
        and clock.unit in UNITS
        and clock.amount > 0
    )
    if not known:
        raise Invalid(message(_("This clock makes no sense: %(clock)s"), clock=str(dict(data))))
    return clock
