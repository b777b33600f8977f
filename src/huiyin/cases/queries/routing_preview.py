"""How many open cases each rule of routing would take, if all were routed now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huiyin.cases.queries.views import COUNTED_TO, capped, chosen
from huiyin.cases.rules.routing import RoutingRule
from huiyin.cases.rules.views import View
from huiyin.foundation.conditions import Condition
from huiyin.kernel.actor import Actor
from huiyin.kernel.conditions import AllOf, AnyOf, Not

OPEN = View()


@dataclass(frozen=True)
class Taken:
    """How many open cases a rule takes that none before it took; ``more`` than were counted."""

    number: int
    more: bool


def taken_by(actor: Actor, rules: Sequence[RoutingRule], now: datetime) -> list[Taken]:
    """For each rule, over the open cases the actor sees, in one statement."""
    queries = {place: chosen(actor, condition, now, OPEN) for place, condition in enumerate(alone(rules)) if condition}
    found = capped(queries)
    numbers = [found.get(place, 0) for place in range(len(rules))]
    return [Taken(min(number, COUNTED_TO), number > COUNTED_TO) for number in numbers]


def alone(rules: Sequence[RoutingRule]) -> list[Condition | None]:
    """What each rule takes that none before it takes; None takes nothing."""
    found: list[Condition | None] = []
    earlier: list[Condition] = []
    for rule in rules:
        if rule.condition is None:
            found.append(None)
            continue
        found.append(AllOf((rule.condition, Not(AnyOf(tuple(earlier))))) if earlier else rule.condition)
        earlier.append(rule.condition)
    return found
