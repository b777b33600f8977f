"""Looks for records that were changed behind the application's back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from psycopg import sql

from huiyin.foundation.journal import recorded_tables
from huiyin.foundation.seals import broken_seals

_CHANGED = """
    SELECT t.id::text, CASE WHEN c.data IS NULL THEN 'unrecorded' ELSE 'changed' END
      FROM {table} t
      LEFT JOIN LATERAL (SELECT data FROM foundation_rowchange
                          WHERE subject = %s AND row_id = t.id::text ORDER BY id DESC LIMIT 1) c ON true
     WHERE c.data IS NULL
        OR EXISTS (SELECT FROM jsonb_each(c.data) k
                    WHERE to_jsonb(t) ? k.key AND to_jsonb(t) -> k.key IS DISTINCT FROM k.value)
     ORDER BY t.id
"""
_VANISHED = """
    SELECT c.row_id, 'vanished'
      FROM (SELECT DISTINCT ON (row_id) row_id, operation FROM foundation_rowchange
             WHERE subject = %s ORDER BY row_id, id DESC) c
     WHERE c.operation <> 'delete' AND NOT EXISTS (SELECT FROM {table} t WHERE t.id::text = c.row_id)
"""
_OUTSIDE = """
    SELECT row_id, 'outside' FROM foundation_rowchange
     WHERE subject = %s AND actor LIKE 'sql:%%' ORDER BY id
"""


@dataclass(frozen=True)
class Finding:
    """Something that does not agree with the journal.

    ``what`` is ``changed`` (the row differs from its last journal entry), ``unrecorded`` (a row without an entry),
    ``vanished`` (a row deleted without an entry), ``outside`` (changed by plain SQL, not by an action) or ``seal`` (the
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
        yield from _look(table)


def _look(table: str) -> Iterator[Finding]:
    with connection.cursor() as cursor:
        for query in (_CHANGED, _VANISHED, _OUTSIDE):
            cursor.execute(sql.SQL(query).format(table=sql.Identifier(table)), [table])
            for row, what in cursor.fetchall():
                yield Finding(what, table, row)
