"""Which department answers for which topic (CAS-13); the table is data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Route:
    """Where a case goes: the department's code, and whether its head gets it in person (staff attitude)."""

    department: str
    to_head: bool = False


def route_of(topic: str, table: Mapping[str, Mapping[str, object]]) -> Route:
    """The route of a topic; topics that nobody listed go where ``other`` goes, else to customer service."""
    entry = table.get(topic) or table.get("other") or {"department": "service"}
    return Route(str(entry["department"]), bool(entry.get("to_head")))
