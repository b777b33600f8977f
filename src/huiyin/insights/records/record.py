"""A list of records behind a number, and one row of it as people read it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet


@dataclass(frozen=True)
class Row:
    """One record: when, what about, its value, whether it counted for the share (None: it is not a share), its page."""

    at: datetime | None
    title: str
    who: str
    where: str
    value: str
    hit: bool | None = None
    href: str = ""


@dataclass(frozen=True)
class Records:
    """A queryset with its key order, and how its rows are read (a whole page at once, to look names up together)."""

    rows: QuerySet[Any]
    order: tuple[str, ...]
    read: Callable[[Sequence[Any]], list[Row]]
    value_label: object = ""
