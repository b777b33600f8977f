"""Which promises a case owes: clocks of a policy by level, start event and goal (SLA-1, SLA-2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from huiyin.cases.rules.kinds import LEVELS
from huiyin.cases.rules.own_stages import PREFIX
from huiyin.cases.rules.states import WaitingFor
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

EVERY = "*"
UNITS: dict[str, str] = {
    "working_hours": _("working hours"),
    "working_days": _("working days"),
    "hours": _("hours round the clock"),
    "days": _("calendar days"),
}
STARTS: dict[str, str] = {
    "received": _("The case is received"),
    "reopened": _("The case is reopened"),
    "passed": _("The case is passed to a department"),
    "plan_sent": _("The plan is sent"),
    "waiting": _("The case begins to wait"),
    "finished": _("The work is finished"),
    "told": _("The result is told"),
    "settled": _("The customer accepts"),
}
GOALS: dict[str, str] = {
    "first_response": _("First response"),
    "verify": _("Check the record with the customer"),
    "plan": _("Make a plan"),
    "agree": _("Get the customer's answer to the plan"),
    "follow_up": _("Ask again while waiting"),
    "solve": _("Solve or answer"),
    "tell_result": _("Tell the result"),
    "verdict": _("Get the customer's verdict"),
    "revisit": _("Revisit after settlement"),
    "taken": _("The department names who takes it"),
    "department_step": _("First step of the department"),
}
OF_DEPARTMENT = frozenset({"taken", "department_step"})
"""Goals of the department that has the case; they are let go of when it is passed on."""
WHOLE = frozenset({"working_days", "days"})
MOST = 10_000

REACHED: dict[str, tuple[str, ...]] = {
    "take": ("taken",),
    "assign": ("taken",),
    "verify": ("first_response", "verify", "department_step"),
    "contact": ("first_response", "answer", "progress", "department_step"),
    "plan": ("first_response", "plan", "department_step"),
    "send_plan": ("department_step",),
    "confirm": ("agree",),
    "decline": ("agree",),
    "start": ("first_response", "agree", "department_step"),
    "resume": ("follow_up",),
    "finish": ("first_response", "verify", "plan", "solve", "department_step"),
    "tell": ("first_response", "tell_result", "department_step"),
    "verdict": ("verdict",),
    "record_revisit": ("revisit",),
}
"""Which goals a step reaches."""


@dataclass(frozen=True)
class Clock:
    """One clock: for which level, which event starts it, which goal stops it, how much of which unit it has.

    Event and goal are of :data:`STARTS` and :data:`GOALS`, or a stage of the company's own (``stage:on_site``).
    Units say whether it runs in working time (``working_hours``, ``working_days``) or round the clock (``hours``,
    ``days``). ``pauses``: whom or what it stands still for; None is as its policy says. ``department``: the code of the
    one department that owes it, "" is whichever has the case.
    """

    level: str
    start: str
    goal: str
    amount: float
    unit: str
    pauses: frozenset[str] | None = None
    department: str = ""


@dataclass(frozen=True)
class Policy:
    """A set of clocks with its calendar, its version, and for whom the clocks stand still while waiting.

    ``condition`` says which cases it is for (as in :mod:`huiyin.kernel.conditions`; empty: every case).
    ``follows_calendar``: running clocks are reckoned anew when the calendar changes. ``moves_running``: cases under an
    earlier version get this one when it takes effect (SLA-6).
    """

    code: str
    version: int
    calendar: str
    clocks: tuple[Clock, ...]
    pauses: frozenset[str] = field(default=frozenset({str(WaitingFor.CUSTOMER)}))
    name: str = ""
    condition: Mapping[str, Any] = field(default_factory=dict, hash=False)
    follows_calendar: bool = False
    moves_running: bool = False

    @property
    def title(self) -> str:
        """Code and version, as a promise names its policy."""
        return f"{self.code} v{self.version}"

    @property
    def shown_name(self) -> str:
        """What people call it."""
        return self.name or self.code


def owed(policy: Policy, level: str, start: str, department: str = "") -> list[Clock]:
    """The clocks that an event starts for a case of this level; its own level's clock beats one for every level.

    ``department``: the code of the one that has the case; a clock of its own beats one of whichever has it.
    """
    matching = [
        clock
        for clock in policy.clocks
        if clock.start == start and clock.level in (level, EVERY) and clock.department in ("", department)
    ]
    rank = {id(clock): (clock.department != "", clock.level == level) for clock in matching}
    best = {clock.goal: clock for clock in sorted(matching, key=lambda clock: rank[id(clock)])}
    return [clock for clock in matching if best[clock.goal] is clock]


def stages_that_begin(policy: Policy) -> set[str]:
    """The stages of the company's own with which clocks begin, as clocks name them (``stage:on_site``)."""
    return {clock.start for clock in policy.clocks if clock.start.startswith(PREFIX)}


def stands_still(policy: Policy, waiting_for: str, goal: str = "", level: str = EVERY) -> bool:
    """Whether the clock of a goal (without: the clocks) stands still while a case of a level waits for this."""
    own = [clock for clock in policy.clocks if clock.goal == goal and clock.pauses is not None]
    fitting = [clock.pauses for clock in own if clock.level == level] or [
        clock.pauses for clock in own if clock.level == EVERY
    ]
    return waiting_for in (fitting[0] if fitting and fitting[0] is not None else policy.pauses)


def of_waiting(policy: Policy) -> set[str]:
    """Goals whose clocks begin with a wait: they run while it lasts."""
    return {clock.goal for clock in policy.clocks if clock.start == "waiting"}


def read_policy(data: Mapping[str, Any]) -> Policy:
    """Reads a stored or imported policy.

    Raises:
        Invalid: a clock names an unknown level, event, goal or unit, or has no time at all.
    """
    return Policy(
        code=data["code"],
        version=int(data["version"]),
        calendar=data["calendar"],
        clocks=tuple(read_clock(clock) for clock in data["clocks"]),
        pauses=frozenset(data.get("pauses", ())),
        name=data.get("name", ""),
        condition=data.get("filter") or {},
        follows_calendar=bool(data.get("follows_calendar", False)),
        moves_running=bool(data.get("moves_running", False)),
    )


def read_clock(data: Mapping[str, Any]) -> Clock:
    """Reads one clock.

    Raises:
        Invalid: it names an unknown level, event, goal, unit or pause, or has no sensible time.
    """
    pauses = data.get("pauses")
    try:
        clock = Clock(
            str(data["level"]),
            str(data["start"]),
            str(data["goal"]),
            float(data["amount"]) if data["amount"] != int(data["amount"]) else int(data["amount"]),
            str(data["unit"]),
            None if pauses is None else frozenset(pauses),
            str(data.get("department") or ""),
        )
    except (KeyError, TypeError, ValueError, OverflowError):
        raise _senseless(data) from None
    known = (
        clock.level in (*LEVELS, EVERY)
        and (clock.start in STARTS or clock.start.startswith(PREFIX))
        and (clock.goal in GOALS or clock.goal.startswith(PREFIX))
        and clock.unit in UNITS
        and 0 < clock.amount <= MOST
        and (clock.unit not in WHOLE or clock.amount == int(clock.amount))
        and (clock.pauses or frozenset()) <= set(WaitingFor)
    )
    if not known:
        raise _senseless(data)
    return clock


def _senseless(data: object) -> Invalid:
    said = str(dict(data)) if isinstance(data, Mapping) else str(data)
    return Invalid(message(_("This clock makes no sense: %(clock)s"), clock=said[:200]))


def written_clock(clock: Clock) -> dict[str, Any]:
    """A clock as it is stored and exported; what is usual is left out."""
    data: dict[str, Any] = {
        "level": clock.level,
        "start": clock.start,
        "goal": clock.goal,
        "amount": clock.amount,
        "unit": clock.unit,
    }
    if clock.pauses is not None:
        data["pauses"] = sorted(clock.pauses)
    if clock.department:
        data["department"] = clock.department
    return data
