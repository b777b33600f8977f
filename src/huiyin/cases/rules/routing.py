"""Which department answers for a case, and who there takes it: ordered rules, the first one that holds (CAS-13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from huiyin.cases.rules.case_fields import CASE_FIELDS
from huiyin.kernel.conditions import Condition, holds, plain, read_condition
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _

LATER = frozenset(
    ("owner", "department", "state", "phase", "waiting_for", "due_at", "unanswered_since", "verdict", "reopened_times")
)
ROUTING_FIELDS = {code: field for code, field in CASE_FIELDS.items() if code not in LATER}
"""What is known about a case when it is routed."""
LAST_RESORT = "service"
"""The department of cases that no rule takes."""


class Who(StrEnum):
    """How the person is found in the department."""

    NOBODY = "nobody"
    HEAD = "head"
    TURN = "turn"
    LOAD = "load"
    SKILL = "skill"


WHO_LABELS: dict[str, str] = {
    Who.NOBODY: _("Nobody yet: whoever takes it"),
    Who.HEAD: _("The head of the department"),
    Who.TURN: _("In turn, whoever is at work"),
    Who.LOAD: _("Whoever has the fewest open cases"),
    Who.SKILL: _("Whoever has the skill and the fewest open cases"),
}


@dataclass(frozen=True)
class RoutingRule:
    """Where a case goes for which the condition holds; ``department`` is its code.

    A condition that can no longer be read is None and never holds.
    """

    name: str
    name_en: str
    condition: Condition | None
    department: str
    who: str = Who.NOBODY
    skill: str = ""


FALLBACK = RoutingRule("", "", None, LAST_RESORT)


def rules_from(data: Sequence[Mapping[str, Any]]) -> tuple[RoutingRule, ...]:
    """Stored rules, in order."""
    return tuple(
        RoutingRule(
            name=str(each["name"]),
            name_en=str(each.get("name_en", "")),
            condition=_readable(each["condition"]),
            department=str(each["department"]),
            who=str(each.get("who", Who.NOBODY)),
            skill=str(each.get("skill", "")),
        )
        for each in data
    )


def _readable(data: Any) -> Condition | None:
    try:
        return read_condition(data, ROUTING_FIELDS)
    except Invalid:
        return None


def route_of(rules: Sequence[RoutingRule], facts: Mapping[str, object], now: datetime) -> RoutingRule:
    """The first rule that holds; ``now`` in the zone in which days begin."""
    for rule in rules:
        if rule.condition is not None and holds(rule.condition, facts, now=now):
            return rule
    return FALLBACK


def rules_of_table(
    table: Mapping[str, Mapping[str, Any]], names: Mapping[str, tuple[str, str]]
) -> list[dict[str, Any]]:
    """A table of topics (with Chinese and English names) as rules; ``other`` comes last and takes what is left."""
    topics = [topic for topic in table if topic != "other"]
    rows = [_row(topic, table[topic], names) for topic in topics]
    rest = _row("other", table["other"], names) | {"condition": {}} if "other" in table else None
    return [*rows, rest] if rest else rows


def _row(topic: str, entry: Mapping[str, Any], names: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    name, name_en = names.get(topic, (topic, ""))
    condition = plain(read_condition({"all": [{"field": "topic", "is": "in", "value": [topic]}]}, ROUTING_FIELDS))
    who = Who.HEAD if entry.get("to_head") else Who.NOBODY
    return {
        "name": name,
        "name_en": name_en,
        "condition": condition,
        "department": str(entry["department"]),
        "who": who.value,
        "skill": "",
    }


def next_in_turn(people: Sequence[int], last: int) -> int | None:
    """Who follows the last one, by key, beginning again after the highest; None without people."""
    ordered = sorted(people)
    return next((person for person in ordered if person > last), ordered[0] if ordered else None)


def least_loaded(people: Sequence[int], loads: Mapping[int, int], last: int) -> int | None:
    """Who has the fewest cases; among equals whoever is next in turn."""
    least = min((loads.get(person, 0) for person in people), default=0)
    return next_in_turn([person for person in people if loads.get(person, 0) == least], last)
