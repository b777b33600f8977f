"""Statements whose text never changes: the database plans them once per connection, not with every page.

Short reads by key cost PostgreSQL more to plan than to carry out. A text put together anew for each asking gains
nothing here: it belongs to an ordinary cursor.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper


@contextmanager
def planned_cursor() -> Iterator[CursorWrapper]:
    """Django's cursor, except that values travel apart from the text, so that psycopg can have it prepared.

    The server has to tell the type of each value from where it stands: a list wants a cast, as in ``%s::text[]``.
    """
    connection.ensure_connection()
    raw = connection.connection
    usual, raw.cursor_factory = raw.cursor_factory, ServerBindingCursor
    try:
        cursor = connection.cursor()
    finally:
        raw.cursor_factory = usual
    with cursor:
        yield cursor
