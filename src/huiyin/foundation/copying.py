"""Many rows at once: PostgreSQL's COPY, ten times as fast as INSERT and as safe, and updates in one statement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, models
from psycopg import sql

_NOTHING = "\\N"
_SPECIAL = re.compile(r"[\\\t\n\r]")
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def copy_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Writes ``rows`` (values in the order of ``columns``, which are column names) into the model's table.

    Runs in the present transaction; constraints and journal triggers hold as for any INSERT.
    """
    with connection.cursor() as cursor, cursor.copy(_copy(model, columns)) as copy:
        for row in rows:
            copy.write_row(row)


def copy_columns(model: type[models.Model], columns: Mapping[str, Sequence[Any]]) -> None:
    """Like :func:`copy_rows`, of columns of equal length: {column name: values}.

    A third of the time, for plain values alone: text, numbers, moments, yes and no, None; no lists.
    """
    rows = zip(*map(_texts, columns.values()), strict=True)
    block = "\n".join(map("\t".join, rows))
    if block:
        with connection.cursor() as cursor, cursor.copy(_copy(model, list(columns))) as copy:
            copy.write(f"{block}\n")


def _copy(model: type[models.Model], columns: Sequence[str]) -> sql.Composed:
    return sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )


def _texts(values: Sequence[Any]) -> list[str]:
    """Values as COPY reads them."""
    missing = values.count(None)
    if missing == len(values):
        return [_NOTHING] * missing
    texts = list(map(str, values))
    if missing or _SPECIAL.search("".join(texts)):
        return [_NOTHING if value is None else str(value).translate(_ESCAPED) for value in values]
    return texts


def update_rows(model: type[models.Model], columns: Mapping[str, Sequence[Any]]) -> None:
    """Brings many rows to new values in one statement: {column name: values}, of which ``id`` says whose they are."""
    names = list(columns)
    if not columns["id"]:
        return
    statement = sql.SQL("UPDATE {table} t SET {sets} FROM unnest({lists}) AS v ({names}) WHERE t.id = v.id").format(
        table=sql.Identifier(model._meta.db_table),
        sets=sql.SQL(", ").join(sql.SQL("{0} = v.{0}").format(sql.Identifier(n)) for n in names if n != "id"),
        lists=sql.SQL(", ").join(sql.SQL(f"%s::{_type_of(model, name)}[]") for name in names),
        names=sql.SQL(", ").join(map(sql.Identifier, names)),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(columns[name]) for name in names])


def _type_of(model: type[models.Model], column: str) -> str:
    field = next(each for each in model._meta.concrete_fields if each.column == column)
    return str(field.rel_db_type(connection) if field.primary_key else field.db_type(connection))


def new_ids(model: type[models.Model], count: int) -> list[int]:
    """Takes ``count`` fresh primary keys, for rows that point to each other before they are written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [row[0] for row in cursor.fetchall()]
