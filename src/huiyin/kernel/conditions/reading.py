"""Stored conditions: read with every fault named, and written again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NoReturn, cast

from huiyin.kernel.conditions.fields import KEYS, WORDS, Field, Fields
from huiyin.kernel.conditions.tests import (
    COMPARISONS,
    EVERYTHING,
    AllOf,
    AnyOf,
    Condition,
    Is,
    Not,
    Sort,
    Test,
    Value,
    sort_of,
    tests_in,
)
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

DEEPEST = 6
MOST_TESTS = 100
MOST_VALUES = 500
LONGEST = 200
HIGHEST = {Is.NEXT_HOURS: 24 * 366, Is.NEXT_DAYS: 3660, Is.LAST_DAYS: 3660, Is.DAYS_AGO: 3660}
HIGHEST_NUMBER = 2**31 - 1
EARLIEST_YEAR, LATEST_YEAR = 1900, 2999


def read_condition(data: object, fields: Fields) -> Condition:
    """The condition that JSON says; ``{}`` is everything.

    Raises:
        Invalid: it is not built like a condition, or asks for what there is not; ``fields`` names the field.
    """
    if data in ({}, None):
        return EVERYTHING
    condition = _read(data, fields, 1)
    if sum(1 for _each in tests_in(condition)) > MOST_TESTS:
        raise Invalid(message(_("A condition has at most %(most)s rows."), most=MOST_TESTS))
    return condition


def _read(data: object, fields: Fields, depth: int) -> Condition:
    if depth > DEEPEST:
        raise Invalid(message(_("The groups of a condition stand within each other too often.")))
    match data:
        case {"all": list(parts), **more} if not more:
            return AllOf(tuple(_read(part, fields, depth + 1) for part in parts))
        case {"any": [_, *_] as parts, **more} if not more:
            return AnyOf(tuple(_read(part, fields, depth + 1) for part in parts))
        case {"not": part, **more} if not more:
            return Not(_read(part, fields, depth + 1))
        case {"field": _, "is": _, **more} if set(more) <= {"value"}:
            return _read_test(cast("Mapping[str, Any]", data), fields)
        case _:
            raise Invalid(message(_("This is not built like a condition.")))


def _read_test(data: Mapping[str, Any], fields: Fields) -> Test:
    code = str(data["field"])[:60]
    field = fields.get(code)
    if field is None:
        _refuse(code, message(_("There is no field “%(field)s” to ask about."), field=code))
    if data["is"] not in tuple(COMPARISONS[field.kind]):
        _refuse(code, message(_("“%(field)s” cannot be compared like this."), field=message(field.label)))
    comparison = Is(data["is"])
    return Test(code, comparison, _value(field, comparison, data.get("value")))


def _value(field: Field, comparison: Is, value: object) -> Value:
    match sort_of(field.kind, comparison):
        case Sort.LIST:
            return _listed(field, value)
        case Sort.TEXT:
            return _text(field, value)
        case Sort.NUMBER:
            return _number(field, comparison, value)
        case Sort.DAY:
            return _day(field, value)
        case Sort.NONE:
            return None


def _listed(field: Field, value: object) -> tuple[str | int, ...]:
    if not isinstance(value, (list, tuple)) or not value or len(value) > MOST_VALUES:
        _refuse(field.code, message(_("Choose what “%(field)s” may be."), field=message(field.label)))
    wanted = tuple(dict.fromkeys(_key(field, each) for each in value))
    if field.choices is not None:
        gone = [each for each in wanted if each not in field.choices and each not in _words(field)]
        if gone:
            text = _("“%(field)s” no longer has %(values)s.")
            names = ", ".join((field.past or {}).get(each, str(each)) for each in gone)
            _refuse(field.code, message(text, field=message(field.label), values=names))
    return wanted


def _words(field: Field) -> frozenset[str]:
    return WORDS.get(field.kind, frozenset())


def _key(field: Field, value: object) -> str | int:
    right = type(value) is int if field.kind in KEYS else isinstance(value, str) and len(value) <= LONGEST
    if not right and value not in _words(field):
        _refuse(field.code, message(_("Choose what “%(field)s” may be."), field=message(field.label)))
    return cast("str | int", value)


def _text(field: Field, value: object) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST or "\x00" in value:
        text = _("Say which words “%(field)s” is compared with (%(most)s letters at most).")
        _refuse(field.code, message(text, field=message(field.label), most=LONGEST))
    return value.strip()


def _number(field: Field, comparison: Is, value: object) -> int:
    highest = HIGHEST.get(comparison, HIGHEST_NUMBER)
    if type(value) is not int or not 0 <= value <= highest:
        text = _("Say the number for “%(field)s” (0 to %(most)s).")
        _refuse(field.code, message(text, field=message(field.label), most=highest))
    return value


def _day(field: Field, value: object) -> date:
    try:
        day = date.fromisoformat(cast("str", value))
    except (TypeError, ValueError):
        day = date.min
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        _refuse(field.code, message(_("Say the day for “%(field)s”, such as 2026-09-28."), field=message(field.label)))
    return day


def _refuse(code: str, why: Message) -> NoReturn:
    raise Invalid(why, {code: why})


def plain(condition: Condition) -> dict[str, Any]:
    """The condition as JSON, as :func:`read_condition` reads it."""
    return {} if condition == EVERYTHING else _plain(condition)


def _plain(condition: Condition) -> dict[str, Any]:
    match condition:
        case AllOf(parts):
            return {"all": [_plain(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [_plain(part) for part in parts]}
        case Not(part):
            return {"not": _plain(part)}
        case Test():
            return {"field": condition.field, "is": str(condition.comparison), **_plain_value(condition.value)}


def _plain_value(value: Value) -> dict[str, Any]:
    if value is None:
        return {}
    if isinstance(value, tuple):
        return {"value": list(value)}
    return {"value": value.isoformat() if isinstance(value, date) else value}
