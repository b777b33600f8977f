"""Keyset pages: the next page starts after the last row's key, so page 1,000 costs what page 1 costs."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

R = TypeVar("R")
FOREIGN = _("This cursor does not belong to this list.")


@dataclass(frozen=True)
class KeysetPage(Generic[R]):
    """One page of rows and the cursor of the next one, if there are more rows."""

    rows: list[R]
    next: str | None


def keyset(rows: QuerySet[Any, R], *, order: Sequence[str], after: str | None, size: int = 50) -> KeysetPage[R]:
    """Pages through ``rows`` (models, or named tuples with these fields) by non-null fields, the last one unique.

    ``order`` uses Django's words (``"-due_at"``); ``after`` is a cursor from an earlier page; an unreadable cursor
    starts at the beginning.

    Raises:
        Invalid: the cursor is that of a list with another order.
    """
    key = read_cursor(after, len(order))
    found = rows.order_by(*order)
    return page_of(list(found[: size + 1]) if key is None else _behind(found, order, key, size), order=order, size=size)


def _behind(rows: QuerySet[Any, R], order: Sequence[str], key: Sequence[Any], size: int) -> list[R]:
    try:
        return list(rows.filter(_beyond(order, key))[: size + 1])
    except (ValueError, TypeError, OverflowError, ValidationError) as error:
        raise Invalid(message(FOREIGN)) from error


def page_of(found: list[R], *, order: Sequence[str], size: int) -> KeysetPage[R]:
    """The page of rows that were read in this order, one more than it holds if there are more."""
    more = len(found) > size
    return KeysetPage(rows=found[:size], next=_write(found[size - 1], order) if more else None)


def _beyond(order: Sequence[str], key: Sequence[Any]) -> Q:
    """(a, b, c) > key, field by field, minding each field's direction."""
    beyond = Q()
    same = Q()
    for field, value in zip(order, key, strict=True):
        name, ahead = (field[1:], "lt") if field.startswith("-") else (field, "gt")
        beyond |= same & Q(**{f"{name}__{ahead}": value})
        same &= Q(**{name: value})
    first, value = order[0], key[0]
    bound = Q(**{f"{first.lstrip('-')}__{'lte' if first.startswith('-') else 'gte'}": value})
    return bound & beyond


def _write(row: object, order: Sequence[str]) -> str:
    values = []
    for field in order:
        value: Any = row
        for part in field.lstrip("-").split("__"):
            value = getattr(value, part)
        values.append(value)
    return write_cursor(values)


def write_cursor(values: Sequence[Any]) -> str:
    """A row's key as text for an address; moments and days in ISO 8601."""
    plain = [value.isoformat() if isinstance(value, (datetime, date)) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain, default=str).encode()).decode().rstrip("=")


def read_cursor(cursor: str | None, length: int) -> list[Any] | None:
    """The key of ``length`` values in a cursor; None when there is none or it cannot be read."""
    if not cursor:
        return None
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError):
        return None
    if (
        not isinstance(key, list)
        or len(key) != length
        or any("\x00" in value for value in key if isinstance(value, str))
    ):
        return None
    return key
