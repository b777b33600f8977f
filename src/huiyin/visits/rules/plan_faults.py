"""What contradicts itself in the plan's numbers, by field; and what is allowed but will not work out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.visits.rules.planning import PlanPolicy, policy_from
from huiyin.kernel.windows import CallWindow

MIDNIGHT = time(0)
SIZES = ("large", "small")
CONTACT_LIMITS = {"gap_days": (0, 365), "monthly_cap": (1, 31), "refusal_days": (0, 3650)}
CONTACT_DEFAULTS = {"gap_days": 7, "monthly_cap": 3, "refusal_days": 180}
Hours = Sequence[Sequence[tuple[time, time]]]
Faults = Iterator[tuple[str, Message]]


@dataclass(frozen=True)
class Means:
    """What plans are made with: working hours by weekday (Monday first; end 00:00 is midnight), and visits a day.

    ``visits_a_day`` is how many all agents together can make.
    """

    hours: Hours
    agents: int
    visits_a_day: int


def plan_faults(plan: Mapping[str, Any], contact: Mapping[str, Any], hours: Hours) -> dict[str, Message]:
    """What is wrong, by field; empty when the numbers can be kept."""
    try:
        policy = policy_from(plan)
    except Invalid as refusal:
        return dict(refusal.fields) or {"plan": refusal.why}
    found: dict[str, Message] = {}
    for name, why in (*_bands(policy), *_windows(policy, hours), *_rest(policy), *_contact(contact)):
        found.setdefault(name, why)
    return found


def _bands(policy: PlanPolicy) -> Faults:
    bands = policy.bands
    if any(not 0 <= band.share <= 100 for band in bands):  # noqa: PLR2004 - percent
        yield "bands", message(_("A share lies between 0 and 100 percent."))
    if any(band.high is not None and band.high <= band.low for band in bands):
        yield "bands", message(_("The upper amount must be above the lower one."))
    if not bands or bands[0].low != 0 or bands[-1].high is not None:
        yield (
            "bands",
            message(_("The lowest band begins at 0 and the highest has no upper end.")),
        )
    if len({band.code for band in bands}) < len(bands):
        yield "bands", message(_("Two bands have the same code."))


def _windows(policy: PlanPolicy, hours: Hours) -> Faults:
    for number, window in enumerate(policy.windows):
        if not any(_inside(window, hours[day]) for day in range(7) if day not in window.not_on):
            text = _("%(window)s lies outside the working hours of every day; nobody could ever be called in it.")
            yield "windows", message(text, window=_said(window))
        for other in policy.windows[number + 1 :]:
            shared = frozenset(range(7)) - window.not_on - other.not_on
            if shared and window.start < other.end and other.start < window.end:
                yield "windows", message(_("%(one)s and %(other)s overlap."), one=_said(window), other=_said(other))


def _inside(window: CallWindow, hours: Sequence[tuple[time, time]]) -> bool:
    return any(window.start < (end if end != MIDNIGHT else time.max) and start < window.end for start, end in hours)


def _rest(policy: PlanPolicy) -> Faults:
    if set(policy.turns) - set(SIZES):
        yield "turns", message(_("Stores take turns by size: large, small."))


def _contact(contact: Mapping[str, Any]) -> Faults:
    for name in contact:
        if name not in CONTACT_LIMITS:
            yield str(name), message(_("Nothing is called %(name)s here."), name=str(name)[:60])
    for name, (least, most) in CONTACT_LIMITS.items():
        value = contact.get(name, CONTACT_DEFAULTS[name])
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not least <= value <= most:
            yield name, message(_("This must be a number from %(least)s to %(most)s."), least=least, most=most)


def plan_warnings(policy: PlanPolicy, means: Means) -> list[Message]:
    """What can be kept but will not work out with the people and hours there are."""
    return [*_too_much(policy, means), *_cut(policy, means.hours)]


def _too_much(policy: PlanPolicy, means: Means) -> Iterator[Message]:
    wanted = max(policy.first_week.a_day, policy.other_weeks.a_day)
    by_hours = max((_minutes(policy, means.hours, day) for day in range(7)), default=0) // policy.minutes_per_visit
    possible = min(means.visits_a_day, by_hours * means.agents)
    if wanted > possible:
        text = _("%(wanted)s visits a day are more than %(agents)s agents can make in the call windows: %(possible)s.")
        yield message(text, wanted=wanted, agents=means.agents, possible=possible)
    for quota in (policy.first_week, policy.other_weeks):
        if quota.a_day * 5 < quota.least:
            text = _("%(a_day)s a day in five working days do not reach %(least)s a week.")
            yield message(text, a_day=quota.a_day, least=quota.least)


def _minutes(policy: PlanPolicy, hours: Hours, day: int) -> int:
    total = 0
    for window in policy.windows:
        if day in window.not_on:
            continue
        for start, end in hours[day]:
            total += max(
                0, min(_minute(window.end), _minute(end, last=True)) - max(_minute(window.start), _minute(start))
            )
    return total


def _minute(moment: time, *, last: bool = False) -> int:
    return 24 * 60 if last and moment == MIDNIGHT else moment.hour * 60 + moment.minute


def _cut(policy: PlanPolicy, hours: Hours) -> Iterator[Message]:
    for window in policy.windows:
        length = _minute(window.end) - _minute(window.start)
        days = [day for day in range(7) if hours[day] and day not in window.not_on]
        alone = [_minutes(_only(policy, window), hours, day) for day in days]
        if any(minutes < length for minutes in alone):
            text = _("%(window)s reaches beyond the working hours; only the part inside them is used.")
            yield message(text, window=_said(window))


def _only(policy: PlanPolicy, window: CallWindow) -> PlanPolicy:
    return PlanPolicy(windows=(window,), minutes_per_visit=policy.minutes_per_visit)


def _said(window: CallWindow) -> str:
    return f"{window.start:%H:%M}–{window.end:%H:%M}"


def bands_from(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Bands as they were typed, from the lowest up; the code is the lower amount, ``below`` for the lowest."""
    ordered = sorted(rows, key=lambda row: row["low"])
    return [
        {
            "code": "below" if not row["low"] else f"{row['low'].normalize():f}"[:12],
            "low": f"{row['low'].normalize():f}",
            "high": None if row.get("high") is None else f"{row['high'].normalize():f}",
            "share": row.get("share") or 0,
        }
        for row in ordered
    ]
