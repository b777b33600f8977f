"""Reads whose SQL is put together once per process and planned once per connection: for small answers both cost most.

.. code-block:: python

    @prepared
    def _contacts(customer: Given) -> QuerySet[Contact, tuple[Any, ...]]:
        return Contact.objects.filter(customer_id=customer).values_list("name", "phone")


    rows = _contacts(customer_id)  # [("王芳", "13…"), …], read anew each time; only the SQL is kept


    @prepared
    def _seen(viewer: Actor, case: Given) -> QuerySet[Case, Case]:
        return Case.objects.visible_to(viewer).filter(pk=case)


    rows = _seen(actor, case_id)  # [Case], as a queryset gives it: columns left out are read when asked for

Where several querysets make one statement, :func:`compiled` gives the SQL of each, and :func:`outline` whoever looks.
"""

from __future__ import annotations

import re
from collections import namedtuple
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, wraps
from inspect import Parameter, signature
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Expression, QuerySet
from django.db.models.query import ModelIterable, NamedValuesListIterable, get_related_populators
from django.db.models.sql.compiler import SQLCompiler
from psycopg.sql import Literal

from huiyin.foundation.planned import planned_cursor
from huiyin.kernel.actor import Actor

R = TypeVar("R")

SHAPES = 256
"""How many statements one reader keeps: people of the same rights and departments share theirs."""


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
    """SQL with its parameters, and what turns columns into Python values: (place, converter, column).

    ``made`` turns a row into what the reader gives; None where that is the row.
    """

    sql: str
    params: tuple[Any, ...]
    converters: tuple[tuple[int, Callable[..., Any], Any], ...] = ()
    made: Callable[[Sequence[Any]], Any] | None = None

    def ask(self, values: Sequence[Any], *, planned: bool = True) -> list[Any]:
        """The rows for these values; not ``planned`` where the best way to them depends on the values."""
        filled = [values[each.place] if isinstance(each, Given) else each for each in self.params]
        with planned_cursor() if planned else connection.cursor() as cursor:
            cursor.execute(self.sql, filled)
            rows = cursor.fetchall()
        if self.converters:
            rows = [self._converted(row) for row in rows]
        return [self.made(row) for row in rows] if self.made else rows

    def _converted(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        values = list(row)
        for place, convert, column in self.converters:
            values[place] = convert(values[place], column, connection)
        return tuple(values)


def prepared(build: Callable[..., QuerySet[Any, R]], *, planned: bool = True) -> Callable[..., list[R]]:
    """Makes a reader of a function that builds a queryset from :class:`Given` values, taken by position.

    It gives what the queryset gives: rows of a ``values_list``, named or not, or models, with those of
    ``select_related``.

    What changes the SQL itself, such as how many rows at most, is taken by name: each such shape is put together once.
    So is the area of a viewer, who is taken by position: of an :class:`Actor` the id alone is a value, all else makes
    a shape. Not ``planned`` where the best way to the rows depends on the values, as with beginnings of texts.
    """
    wanted = sum(each.kind is not Parameter.KEYWORD_ONLY for each in signature(build).parameters.values())

    @lru_cache(SHAPES)
    def statement(*viewers: Actor | None, **shape: Any) -> Statement | None:
        return _compiled(build(*(_blank(place, who) for place, who in enumerate(viewers)), **shape))

    @wraps(build)
    def ask(*values: Any, **shape: Any) -> list[R]:
        if len(values) != wanted:
            raise TypeError(f"{build.__name__} takes {wanted} values")
        viewers = [_with_id(value, 0) if isinstance(value, Actor) else None for value in values]
        ids = [value.id if isinstance(value, Actor) else value for value in values]
        found = statement(*viewers, **shape)
        return found.ask(ids, planned=planned) if found else []

    return ask


def _with_id(actor: Actor, key: Any) -> Actor:
    """Whoever has the same area, with ``key`` in the place of the id, if there is one."""
    return Actor(
        kind=actor.kind,
        id=None if actor.id is None else key,
        rights=actor.rights,
        scope=actor.scope,
        department_ids=actor.department_ids,
        store_ids=actor.store_ids,
        roles=actor.roles,
    )


def _blank(place: int, viewer: Actor | None) -> Given | Actor:
    return Given(place) if viewer is None else _with_id(viewer, Given(place))


def _compiled(rows: QuerySet[Any, Any]) -> Statement | None:
    """The statement; None where it is known beforehand that nothing is found."""
    compiler = rows.query.get_compiler(connection.alias)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    columns = [column for column, *_rest in compiler.select]
    converters = (
        (place, convert, column)
        for place, (several, column) in compiler.get_converters(columns).items()
        for convert in several
    )
    return Statement(sql, tuple(params), tuple(converters), _maker_of(rows, compiler))


def _maker_of(rows: QuerySet[Any, Any], compiler: SQLCompiler) -> Callable[[Sequence[Any]], Any] | None:
    kind = rows._iterable_class  # noqa: SLF001 - says what it gives
    if issubclass(kind, NamedValuesListIterable):
        named: Callable[..., Any] = namedtuple("Row", rows._fields)  # type: ignore[attr-defined,misc]  # noqa: PYI024, SLF001 - names come with the queryset
        return lambda row: named(*row)
    return _maker(compiler) if issubclass(kind, ModelIterable) else None


def _maker(compiler: SQLCompiler) -> Callable[[Sequence[Any]], Any]:
    """Makes models of rows as Django's ``ModelIterable`` does, with those of ``select_related``."""
    info = compiler.klass_info
    if info is None or compiler.annotation_col_map:
        raise TypeError("a prepared reader gives models and those they point to, with nothing beside")
    begin, end = info["select_fields"][0], info["select_fields"][-1] + 1
    fields = [column.target.attname for column, *_rest in compiler.select[begin:end]]
    joined = get_related_populators(info, compiler.select, connection.alias)  # type: ignore[call-arg]  # the stubs are ahead

    def made(row: Sequence[Any]) -> Any:
        one = info["model"].from_db(connection.alias, fields, row[begin:end])
        for each in joined:
            each.populate(row, one)
        return one

    return made


def outline(actor: Actor) -> Actor:
    """The actor with ``Given(0)`` for the id: all who share rights, departments and stores ask with the same SQL."""
    return _with_id(actor, Given(0))


def compiled(rows: QuerySet[Any, Any]) -> Statement:
    """The SQL of a ``values_list`` of plain columns, as a part of a statement.

    What is known beforehand is written out: a plan for any values uses a partial index only if it sees its condition.

    Raises:
        EmptyResultSet: it can have no rows.
    """
    sql, params = rows.query.get_compiler(connection.alias).as_sql()
    connection.ensure_connection()
    known, given = iter(params), []

    def put(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%%"
        value = next(known)
        if isinstance(value, Given):
            given.append(value)
            return "%s"
        return Literal(value).as_string(connection.connection).replace("%", "%%")

    return Statement(re.sub("%[s%]", put, sql), tuple(given))
