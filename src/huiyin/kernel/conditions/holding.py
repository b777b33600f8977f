"""Whether a condition holds for one row, in plain Python."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import cast

from huiyin.kernel.actor import SYSTEM, Actor
from huiyin.kernel.conditions.bounds import day_bounds, moment_bounds
from huiyin.kernel.conditions.fields import ME, MINE, MY_STORES, NOBODY, RESERVED
from huiyin.kernel.conditions.tests import AllOf, AnyOf, Condition, Is, Not, Test

Facts = Mapping[str, object]


def holds(condition: Condition, facts: Facts, *, now: datetime, viewer: Actor = SYSTEM) -> bool:
    """Whether the row that the facts describe, by code of field, is let through.

    A fact that is missing, None or "" is empty. ``now`` is aware and in the zone in which days begin; ``viewer`` is who
    "me" and "mine" mean.
    """
    match condition:
        case AllOf(parts):
            return all(holds(part, facts, now=now, viewer=viewer) for part in parts)
        case AnyOf(parts):
            return any(holds(part, facts, now=now, viewer=viewer) for part in parts)
        case Not(part):
            return not holds(part, facts, now=now, viewer=viewer)
        case Test():
            return _holds(condition, _filled(facts.get(condition.field)), now, viewer)


def _filled(fact: object) -> object:
    """The fact, None when it is empty."""
    if fact is None or fact == "":
        return None
    if isinstance(fact, (tuple, list, set, frozenset)) and not any(fact):
        return None
    return fact


def _holds(test: Test, fact: object, now: datetime, viewer: Actor) -> bool:
    match test.comparison:
        case Is.EMPTY | Is.FILLED:
            return (fact is None) is (test.comparison is Is.EMPTY)
        case Is.YES | Is.NO:
            return bool(fact) is (test.comparison is Is.YES)
        case Is.IN | Is.NOT_IN:
            return _among(fact, test, viewer) is (test.comparison is Is.IN)
        case Is.CONTAINS | Is.LACKS:
            return _contains(fact, test.value) is (test.comparison is Is.CONTAINS)
        case Is.EQUALS | Is.AT_LEAST | Is.AT_MOST:
            return fact is not None and _compares(test, fact)
        case _:
            return fact is not None and _within(test, fact, now)


def _compares(test: Test, fact: object) -> bool:
    wanted = test.value
    if not isinstance(wanted, int):
        return folded(str(wanted)) in map(folded, _texts(fact))
    number = cast("int", fact)
    return {Is.EQUALS: number == wanted, Is.AT_LEAST: number >= wanted, Is.AT_MOST: number <= wanted}[test.comparison]


def _within(test: Test, fact: object, now: datetime) -> bool:
    if isinstance(fact, datetime):
        start, end = moment_bounds(test, now)
        return (start is None or fact >= start) and (end is None or fact < end)
    day = cast("date", fact)
    first, after = day_bounds(test, now.date())
    return (first is None or day >= first) and (after is None or day < after)


def _among(fact: object, test: Test, viewer: Actor) -> bool:
    values, empty_too = wanted_values(test, viewer)
    if fact is None:
        return empty_too
    several = isinstance(fact, (tuple, list, set, frozenset))
    return not values.isdisjoint(cast("Collection[object]", fact) if several else (fact,))


def wanted_values(test: Test, viewer: Actor) -> tuple[frozenset[object], bool]:
    """What the value of a list means for whoever looks, and whether an empty field fits too."""
    listed = frozenset(cast("tuple[str | int, ...]", test.value))
    values: set[object] = set(listed - RESERVED)
    if ME in listed and viewer.staff_id is not None:
        values.add(viewer.staff_id)
    if MINE in listed:
        values |= viewer.department_ids
    if MY_STORES in listed:
        values |= viewer.store_ids
    return frozenset(values), NOBODY in listed


def _texts(fact: object) -> tuple[str, ...]:
    return (fact,) if isinstance(fact, str) else tuple(cast("Collection[str]", fact))


def _contains(fact: object, wanted: object) -> bool:
    needle = folded(str(wanted))
    return fact is not None and any(needle in folded(text) for text in _texts(fact))


def folded(text: str) -> str:
    """The text in capitals, letter by letter, as PostgreSQL writes them."""
    return "".join(upper if len(upper := letter.upper()) == 1 else letter for letter in text)
