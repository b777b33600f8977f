"""Looks for records that were changed behind the application's back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DataError, connection, transaction
from psycopg import sql

from huiyin.foundation.journal import recorded_tables
from huiyin.foundation.models import RowShape
from huiyin.foundation.recording import columns_of, same_texts, whole
from huiyin.foundation.row_texts import Expected, Saying, Shape, differences, fields_of, put_together
from huiyin.foundation.seals import broken_seals

# Rows that still are what their one line says need no second look; the rest is put together line by line.
_TO_LOOK_AT = """
    SELECT coalesce(t.id, c.row_id), t.said, c.shapes, c.operations, c.lines
      FROM (SELECT t.id, ROW({columns})::text AS said FROM {table} t) t
      FULL JOIN (SELECT row_id, array_agg(shape_id ORDER BY id) AS shapes,
                        array_agg(operation ORDER BY id) AS operations, array_agg(data ORDER BY id) AS lines
                   FROM foundation_rowchange WHERE shape_id = ANY(%s) GROUP BY row_id) c ON c.row_id = t.id
     WHERE c.lines IS DISTINCT FROM ARRAY[t.said] OR c.shapes <> ARRAY[%s::smallint]
        OR c.operations[1] <> 'insert'
     ORDER BY 1
"""
_OUTSIDE = """
    SELECT row_id FROM foundation_rowchange WHERE shape_id = ANY(%s) AND actor LIKE 'sql:%%' ORDER BY id
"""
AT_ONCE = 2_000


@dataclass(frozen=True)
class Finding:
    """Something that does not agree with the journal.

    ``what`` is ``changed`` (the row differs from what its journal lines make), ``unrecorded`` (a row without a line),
    ``vanished`` (a row deleted without a line), ``outside`` (changed by plain SQL, not by an action) or ``seal`` (the
    journal itself was altered).
    """

    what: str
    table: str
    row: str


def find_tampering() -> Iterator[Finding]:
    """Compares every recorded table with the journal and the journal with its seals."""
    for seal in broken_seals():
        yield Finding("seal", seal.journal, f"{seal.first_id}–{seal.last_id}")
    for table in recorded_tables():
        with transaction.atomic():
            yield from _look(table)


def _look(table: str) -> Iterator[Finding]:
    shapes = {row.pk: Shape(tuple(row.names), tuple(row.types)) for row in RowShape.objects.filter(subject=table)}
    with connection.cursor() as cursor:
        same_texts(cursor)
        columns = columns_of(cursor, table)
    present = Shape(*map(tuple, zip(*columns, strict=True)))
    newest = max((pk for pk, shape in shapes.items() if shape == present), default=0)
    query = sql.SQL(_TO_LOOK_AT).format(columns=whole("t", columns), table=sql.Identifier(table))
    for row, said, *lines in _rows(query, [list(shapes), newest]):
        what = _judged(said, present, _sayings(shapes, *lines))
        if what:
            yield Finding(what, table, str(row))
    for (row,) in _rows(sql.SQL(_OUTSIDE), [list(shapes)]):
        yield Finding("outside", table, str(row))


def _rows(query: sql.Composable, params: list[Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of a query without all of them in memory."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(query, params)
        while rows := cursor.fetchmany(AT_ONCE):
            yield from rows


def _sayings(
    shapes: dict[int, Shape], used: Sequence[int] | None, operations: Sequence[str], lines: Sequence[str]
) -> list[Saying]:
    if used is None:
        return []
    return [Saying(shapes[pk], *line) for pk, *line in zip(used, operations, lines, strict=True)]


def _judged(said: str | None, present: Shape, sayings: list[Saying]) -> str:
    """What is wrong with a row that is there as ``said`` (or is not there); empty when all is well."""
    expected = put_together(sayings)
    if said is None:
        return "vanished" if expected is not None else ""
    if expected is None:
        return "changed" if sayings else "unrecorded"
    fields = fields_of(said)
    wrong = differences(expected, present, fields)
    texts = dict(zip(present.names, fields, strict=True))
    return "changed" if any(not _came_from(expected[name], type_, texts[name]) for name, type_ in wrong) else ""


def _came_from(before: Expected, type_: str, text: str | None) -> bool:
    """Whether a migration that altered the column's type made this text of the old one."""
    if before.type == type_ or not before.type or before.text is None:
        return False
    statement = sql.SQL(f"SELECT format('%%s', CAST(CAST(%s AS {before.type}) AS {type_}))")
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [before.text])
            return bool(cursor.fetchone()[0] == text)
    except DataError:
        return False
