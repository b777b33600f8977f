"""The parts of a condition: tests, and what joins them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from huiyin.kernel.conditions.fields import KEYS, Kind
from huiyin.kernel.words import gettext_noop as _


class Is(StrEnum):
    """Comparisons. Days count from midnight in the zone of ``now``; "within" and "ago" count from ``now`` itself."""

    IN = "in"
    NOT_IN = "not_in"
    CONTAINS = "contains"
    LACKS = "lacks"
    EQUALS = "equals"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    PAST = "past"
    NEXT_HOURS = "next_hours"
    TODAY = "today"
    NEXT_DAYS = "next_days"
    LAST_DAYS = "last_days"
    DAYS_AGO = "days_ago"
    SINCE = "since"
    UNTIL = "until"
    YES = "yes"
    NO = "no"
    EMPTY = "empty"
    FILLED = "filled"


class Sort(StrEnum):
    """Sorts of values that comparisons take."""

    NONE = "none"
    LIST = "list"
    TEXT = "text"
    NUMBER = "number"
    DAY = "day"


IS_LABELS: dict[Is, str] = {
    Is.IN: _("is one of"),
    Is.NOT_IN: _("is none of"),
    Is.CONTAINS: _("contains"),
    Is.LACKS: _("does not contain"),
    Is.EQUALS: _("is exactly"),
    Is.AT_LEAST: _("is at least"),
    Is.AT_MOST: _("is at most"),
    Is.PAST: _("has passed"),
    Is.NEXT_HOURS: _("is within the next … hours"),
    Is.TODAY: _("is today"),
    Is.NEXT_DAYS: _("is within the next … days"),
    Is.LAST_DAYS: _("was within the last … days"),
    Is.DAYS_AGO: _("was more than … days ago"),
    Is.SINCE: _("is on or after the day"),
    Is.UNTIL: _("is on or before the day"),
    Is.YES: _("is so"),
    Is.NO: _("is not so"),
    Is.EMPTY: _("is empty"),
    Is.FILLED: _("is filled in"),
}
SORTS: dict[Is, Sort] = {
    Is.IN: Sort.LIST,
    Is.NOT_IN: Sort.LIST,
    Is.CONTAINS: Sort.TEXT,
    Is.LACKS: Sort.TEXT,
    Is.AT_LEAST: Sort.NUMBER,
    Is.AT_MOST: Sort.NUMBER,
    Is.NEXT_HOURS: Sort.NUMBER,
    Is.NEXT_DAYS: Sort.NUMBER,
    Is.LAST_DAYS: Sort.NUMBER,
    Is.DAYS_AGO: Sort.NUMBER,
    Is.SINCE: Sort.DAY,
    Is.UNTIL: Sort.DAY,
}
_FILLED = (Is.EMPTY, Is.FILLED)
_LIST = (Is.IN, Is.NOT_IN, *_FILLED)
_TIME = (Is.PAST, Is.TODAY, Is.NEXT_DAYS, Is.LAST_DAYS, Is.DAYS_AGO, Is.SINCE, Is.UNTIL, *_FILLED)
COMPARISONS: dict[Kind, tuple[Is, ...]] = {
    Kind.CHOICE: _LIST,
    Kind.CODED: _LIST,
    Kind.TREE: _LIST,
    **dict.fromkeys(sorted(KEYS), _LIST),
    Kind.TEXT: (Is.CONTAINS, Is.LACKS, Is.EQUALS, *_FILLED),
    Kind.NUMBER: (Is.AT_LEAST, Is.AT_MOST, Is.EQUALS, *_FILLED),
    Kind.DATE: _TIME,
    Kind.MOMENT: (Is.PAST, Is.NEXT_HOURS, *_TIME[1:]),
    Kind.YES_NO: (Is.YES, Is.NO),
}
"""The comparisons of each kind, the usual one first."""

Value = tuple[str | int, ...] | str | int | date | None


def sort_of(kind: Kind, comparison: Is) -> Sort:
    """Which sort of value a comparison takes."""
    if comparison is Is.EQUALS:
        return Sort.NUMBER if kind is Kind.NUMBER else Sort.TEXT
    return SORTS.get(comparison, Sort.NONE)


@dataclass(frozen=True)
class Test:
    """One field compared with a value; ``field`` is its code."""

    __test__ = False  # no test of pytest

    field: str
    comparison: Is
    value: Value = None


@dataclass(frozen=True)
class AllOf:
    """Every part holds; without parts: everything."""

    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class AnyOf:
    """At least one part holds; there is one."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    part: Condition


Condition = Test | AllOf | AnyOf | Not
EVERYTHING = AllOf()


def tests_in(condition: Condition) -> Iterator[Test]:
    """Every test of a condition, in the order in which they stand."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from tests_in(part)
        case Not(part):
            yield from tests_in(part)
        case Test():
            yield condition
