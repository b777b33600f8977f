"""What contradicts itself in the plan's numbers, by field; and what is allowed but will not work out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from huiyin.kernel.refusal import Invalid
from huiyin.kernel.windows import CallWindow
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.visits.rules.planning import PlanPolicy, policy_from, policy_to

MIDNIGHT = time(0)
SIZES = ("large", "small")
Hours = Sequence[Sequence[tuple[time, time]]]
Faults = Iterator[tuple[str, Message]]


@dataclass(frozen=True)
class Means:
    """What plans are made with: working hours by weekday (Monday first; end 00:00 is midnight), and visits a day.

    ``visits_a_day`` is how many all agents together can make; ``windows`` are the call windows of the contact rules.
    """

    hours: Hours
    windows: Sequence[CallWindow]
    agents: int
    visits_a_day: int


def plan_faults(plan: Mapping[str, Any]) -> dict[str, Message]:
    """What is wrong, by field; empty when the numbers can be kept."""
    try:
        policy = policy_from(plan)
    except Invalid as refusal:
        return dict(refusal.fields) or {"plan": refusal.why}
    found: dict[str, Message] = {}
    for name, why in (*_strange(plan), *_bands(policy), *_rest(policy)):
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


def _strange(plan: Mapping[str, Any]) -> Faults:
    for name in set(plan) - set(policy_to(PlanPolicy())):
        yield str(name), message(_("Nothing is called %(name)s here."), name=str(name)[:60])


def _rest(policy: PlanPolicy) -> Faults:
    if set(policy.turns) - set(SIZES):
        yield "turns", message(_("Stores take turns by size: large, small."))


def plan_warnings(policy: PlanPolicy, means: Means) -> list[Message]:
    """What can be kept but will not work out with the people and hours there are."""
    return list(_too_much(policy, means))


def _too_much(policy: PlanPolicy, means: Means) -> Iterator[Message]:
    wanted = max(policy.first_week.a_day, policy.other_weeks.a_day)
    by_hours = max(_minutes(means, day) for day in range(7)) // policy.minutes_per_visit
    possible = min(means.visits_a_day, by_hours * means.agents)
    if wanted > possible:
        text = _("%(wanted)s visits a day are more than %(agents)s agents can make in the call windows: %(possible)s.")
        yield message(text, wanted=wanted, agents=means.agents, possible=possible)
    for quota in (policy.first_week, policy.other_weeks):
        if quota.a_day * 5 < quota.least:
            text = _("%(a_day)s a day in five working days do not reach %(least)s a week.")
            yield message(text, a_day=quota.a_day, least=quota.least)


def _minutes(means: Means, day: int) -> int:
    total = 0
    for window in means.windows:
        if day in window.not_on:
            continue
        for start, end in means.hours[day]:
            total += max(
                0, min(_minute(window.end), _minute(end, last=True)) - max(_minute(window.start), _minute(start))
            )
    return total


def _minute(moment: time, *, last: bool = False) -> int:
    return 24 * 60 if last and moment == MIDNIGHT else moment.hour * 60 + moment.minute


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
