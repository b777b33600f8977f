"""Reads whose SQL is put together once per process and planned once per connection: for small answers both cost most.

.. code-block:: python

    @prepared
    def _contacts(customer: Given) -> QuerySet[Contact, tuple[Any, ...]]:
        return Contact.objects.filter(customer_id=customer).values_list("name", "phone")


    rows = _contacts(customer_id)  # [("王芳", "13…"), …], read anew each time; only the SQL is kept
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, wraps
from inspect import Parameter, signature
from typing import Any

from django.db import connection
from django.db.models import Expression, QuerySet

from huiyin.foundation.planned import planned_cursor


class Given(Expression):
    """A value in a query that comes with each asking; stands where a lookup takes a value, but not for a list."""

    def __init__(self, place: int) -> None:
        super().__init__()
        self.place = place

    def as_sql(self, *_args: Any, **_kwargs: Any) -> tuple[str, Any]:
        """A parameter, known when the query is asked."""
        return "%s", [self]


@dataclass(frozen=True)
class Statement:
    """SQL with its parameters, and what turns columns into Python values: (place, converter, column)."""

    sql: str
    params: tuple[Any, ...]
    converters: tuple[tuple[int, Callable[..., Any], Any], ...]

    def ask(self, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """The rows for these values."""
        filled = [values[each.place] if isinstance(each, Given) else each for each in self.params]
        with planned_cursor() as cursor:
            cursor.execute(self.sql, filled)
            rows = cursor.fetchall()
        return [self._converted(row) for row in rows] if self.converters else rows

    def _converted(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        values = list(row)
        for place, convert, column in self.converters:
            values[place] = convert(values[place], column, connection)
        return tuple(values)


def prepared(build: Callable[..., QuerySet[Any, Any]]) -> Callable[..., list[Any]]:
    """Makes a reader of a function that builds a ``values_list`` from :class:`Given` values, taken by position.

    What changes the SQL itself, such as how many rows at most, is taken by name: each such shape is put together once.
    """
    wanted = sum(each.kind is not Parameter.KEYWORD_ONLY for each in signature(build).parameters.values())

    @cache
    def statement(**shape: Any) -> Statement:
        return _compiled(build(*(Given(place) for place in range(wanted)), **shape))

    @wraps(build)
    def ask(*values: Any, **shape: Any) -> list[Any]:
        if len(values) != wanted:
            raise TypeError(f"{build.__name__} takes {wanted} values")
        return statement(**shape).ask(values)

    return ask


def _compiled(rows: QuerySet[Any, Any]) -> Statement:
    compiler = rows.query.get_compiler(connection.alias)
    sql, params = compiler.as_sql()
    columns = [column for column, *_rest in compiler.select]
    converters = (
        (place, convert, column)
        for place, (several, column) in compiler.get_converters(columns).items()
        for convert in several
    )
    return Statement(sql, tuple(params), tuple(converters))
