"""Conditions as data, for querysets: the same rows that :func:`holds` lets through in plain Python.

.. code-block:: python

    condition = read_condition(view.condition, CASE_FIELDS)
    rows = Case.objects.filter(matching(condition, CASE_FIELDS, now=now, viewer=actor))
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.utils import timezone

from huiyin.foundation import lookups  # noqa: F401 - "within" a tree
from huiyin.foundation.prepared import Given
from huiyin.kernel.actor import SYSTEM, Actor
from huiyin.kernel.conditions import holding
from huiyin.kernel.conditions.bounds import day_bounds, moment_bounds
from huiyin.kernel.conditions.fields import Field, Fields, Kind, fields_of, with_choices
from huiyin.kernel.conditions.reading import plain, read_condition
from huiyin.kernel.conditions.tests import EVERYTHING, AllOf, AnyOf, Condition, Is, Not, Test, tests_in
from huiyin.kernel.conditions.wording import in_words

__all__ = [
    "EVERYTHING",
    "Condition",
    "Field",
    "Fields",
    "Kind",
    "fields_of",
    "holds",
    "in_words",
    "matching",
    "may_wait_for_now",
    "plain",
    "read_condition",
    "with_choices",
]
TIMES = frozenset({Kind.MOMENT, Kind.DATE})
TEXTUAL = frozenset({Kind.CHOICE, Kind.TEXT})
"""Kinds whose columns hold "" when there is nothing."""


def holds(condition: Condition, facts: Mapping[str, object], *, now: datetime, viewer: Actor = SYSTEM) -> bool:
    """Whether the condition holds for the facts of one row; days begin at midnight in the company's zone."""
    return holding.holds(condition, facts, now=_local(now), viewer=viewer)


def matching(condition: Condition, fields: Fields, *, now: datetime | Given, viewer: Actor = SYSTEM) -> Q:
    """The condition for ``filter``; ``viewer`` is who "me" and "mine" mean. Days are the company's.

    ``now`` may come with each asking where :func:`may_wait_for_now` says so. Fields of coded rows need their ``means``.
    """
    return _q(condition, fields, now if isinstance(now, Given) else _local(now), viewer)


def may_wait_for_now(condition: Condition, fields: Fields) -> bool:
    """Whether nothing is reckoned from the moment of asking: at most it is compared with a field."""
    return all(
        fields[test.field].kind not in TIMES
        or test.comparison in {Is.EMPTY, Is.FILLED}
        or (test.comparison is Is.PAST and fields[test.field].kind is Kind.MOMENT)
        for test in tests_in(condition)
    )


def _local(now: datetime) -> datetime:
    return now.astimezone(timezone.get_default_timezone())


def _q(condition: Condition, fields: Fields, now: Any, viewer: Actor) -> Q:
    match condition:
        case AllOf(parts):
            return reduce(lambda found, part: found & _q(part, fields, now, viewer), parts, Q())
        case AnyOf(parts):
            return reduce(or_, (_or_all(_q(part, fields, now, viewer)) for part in parts))
        case Not(part):
            return ~_or_all(_q(part, fields, now, viewer))
        case Test():
            return _test(condition, fields[condition.field], now, viewer)


def _or_all(found: Q) -> Q:
    """An empty Q lets everything through, but counts for nothing beside others and when it is denied."""
    return found or Q(pk__isnull=False)


def _test(test: Test, field: Field, now: Any, viewer: Actor) -> Q:
    opposite = OPPOSITES.get(test.comparison)
    if opposite:
        return ~_test(Test(test.field, opposite, test.value), field, now, viewer)
    if test.comparison is Is.EMPTY:
        return _empty(field)
    if test.comparison is Is.IN:
        return _among(test, field, viewer)
    lookup = LOOKUPS.get((field.kind, test.comparison))
    if lookup is None:
        return _within(test, field, now)
    value = True if test.comparison is Is.YES else test.value
    return reduce(or_, (Q(**{f"{name}__{lookup}": value}) for name in field.columns))


OPPOSITES = {Is.FILLED: Is.EMPTY, Is.NO: Is.YES, Is.NOT_IN: Is.IN, Is.LACKS: Is.CONTAINS}
LOOKUPS = {
    (Kind.YES_NO, Is.YES): "exact",
    (Kind.TEXT, Is.CONTAINS): "icontains",
    (Kind.TEXT, Is.EQUALS): "iexact",
    (Kind.NUMBER, Is.EQUALS): "exact",
    (Kind.NUMBER, Is.AT_LEAST): "gte",
    (Kind.NUMBER, Is.AT_MOST): "lte",
}


def _empty(field: Field) -> Q:
    """The field says nothing, and that counts as nothing."""
    return Q(pk__isnull=True) if field.empty_as else _no_value(field)


def _no_value(field: Field) -> Q:
    """No column of the field says anything."""
    found = Q()
    for name in field.columns:
        one = Q(**{f"{name}__isnull": True})
        if field.kind in TEXTUAL and not field.means:
            one |= Q(**{name: ""})
        if field.nothing is not None:
            one |= Q(**{name: field.nothing})
        found &= one
    return found


def _among(test: Test, field: Field, viewer: Actor) -> Q:
    values, empty_too = holding.wanted_values(test, viewer)
    lookup = "within" if field.kind is Kind.TREE else "in"
    stored = {each for value in values for each in _stored(field, value)}
    later = {each for each in stored if isinstance(each, Given)}  # who looks, where the SQL is kept
    found = Q(**{f"{field.columns[0]}__{lookup}": sorted(stored - later, key=str)})
    for each in later:
        found |= Q(**{field.columns[0]: each})
    return found | _no_value(field) if empty_too or field.empty_as in values else found


def _stored(field: Field, value: object) -> tuple[object, ...]:
    """What the column holds for a chosen value; nothing for the code of a row that nobody knows."""
    return (field.means or {}).get(str(value), () if field.kind is Kind.CODED else (value,))


def _within(test: Test, field: Field, now: Any) -> Q:
    name = field.columns[0]
    low, high = day_bounds(test, now.date()) if field.kind is Kind.DATE else moment_bounds(test, now)
    found = Q()
    if low is not None:
        found &= Q(**{f"{name}__gte": low})
    if high is not None:
        found &= Q(**{f"{name}__lt": high})
    if field.nothing is not None:
        found &= ~Q(**{name: field.nothing})
    return found
