"""Statements whose text never changes: the database plans them once per connection, not with every page.

Short reads by key cost PostgreSQL more to plan than to carry out. A text put together anew for each asking gains
nothing here: it belongs to an ordinary cursor.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper
from psycopg._queries import PostgresQuery


class PlannedCursor(ServerBindingCursor):
    """Knows what it asked also when the server had it prepared, so that captured queries have their text."""

    def _send_query_prepared(self, name: bytes, pgq: PostgresQuery, **how: Any) -> None:
        self._query = pgq
        super()._send_query_prepared(name, pgq, **how)  # type: ignore[misc]  # the stubs know less of the class


@contextmanager
def planned_cursor() -> Iterator[CursorWrapper]:
    """Django's cursor, except that values travel apart from the text, so that psycopg can have it prepared.

    The server has to tell the type of each value from where it stands: a list wants a cast, as in ``%s::text[]``.
    """
    connection.ensure_connection()
    raw = connection.connection
    usual, raw.cursor_factory = raw.cursor_factory, PlannedCursor
    try:
        cursor = connection.cursor()
    finally:
        raw.cursor_factory = usual
    with cursor:
        yield cursor
