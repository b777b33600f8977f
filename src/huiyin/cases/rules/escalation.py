"""Who is told of a case at once, and why (CAS-12); the table is data with versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

LEAST_TIMES, MOST_TIMES = 2, 20
WHYS: dict[str, str] = {
    "urgent": _("The case is urgent"),
    "angry": _("The customer is angry"),
    "repeated": _("The customer has complained before"),
}
TO: dict[str, str] = {
    "head": _("Head of the department"),
    "service_manager": _("Service managers"),
    "director": _("Service director"),
    "quality": _("Quality supervisors"),
}
SAID: dict[str, str] = {
    "urgent": _("%(number)s is urgent: %(title)s"),
    "angry": _("%(number)s needs an experienced hand, the customer is angry: %(title)s"),
    "repeated": _("%(number)s needs an experienced hand, complaint number %(times)d of this customer: %(title)s"),
}
ESCALATION: dict[str, Any] = {
    "urgent": {"to": ["head"]},
    "angry": {"to": ["head", "service_manager"]},
    "repeated": {"to": ["head", "service_manager"], "times": 2},
}
"""What ships: ``times`` counts the complaint itself, so 2 is the first repetition."""


@dataclass(frozen=True)
class Step:
    """Somebody to be told: why, and who by :data:`TO`."""

    why: str
    to: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """What decides about a case: its level and emotion, and how many complaints came before it."""

    level: str
    emotion: str
    before: int


def steps_for(standing: Standing, table: Mapping[str, Mapping[str, Any]]) -> list[Step]:
    """Who is to be told of a case as it stands, the most pressing reason first."""
    holds = {
        "urgent": standing.level == "urgent",
        "angry": standing.emotion == "angry",
        "repeated": standing.before > 0 and standing.before + 1 >= _times(table),
    }
    return [Step(why, to) for why in WHYS if holds[why] and (to := _to(table.get(why, {}).get("to", ())))]


def _times(table: Mapping[str, Mapping[str, Any]]) -> int:
    return max(int(table.get("repeated", {}).get("times", 2)), 2)


def _to(named: Sequence[str]) -> tuple[str, ...]:
    return tuple(each for each in TO if each in named)


def checked_escalation(data: Mapping[str, Any]) -> dict[str, Any]:
    """The table as it is stored: who is told for each reason, and from which complaint on somebody repeats.

    Raises:
        Invalid: the count is out of bounds.
    """
    times = int(data.get("repeated", {}).get("times", 2))
    if not LEAST_TIMES <= times <= MOST_TIMES:
        wrong = message(_("From %(least)d to %(most)d."), least=LEAST_TIMES, most=MOST_TIMES)
        raise Invalid(
            message(_("Nothing was saved. What you typed is kept; look at the marked fields.")), {"times": wrong}
        )
    table: dict[str, Any] = {why: {"to": list(_to(data.get(why, {}).get("to", ())))} for why in WHYS}
    table["repeated"]["times"] = times
    return table
