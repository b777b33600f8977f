"""Ids are reserved beforehand, in a row, so that streamed rows can point to each other."""

from __future__ import annotations

from django.db import connection, models
from psycopg import sql


def reserve(model: type[models.Model], count: int) -> int:
    """Reserves ``count`` ids of a table in a row and returns the first."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
        sequence = cursor.fetchone()[0]
        cursor.execute(sql.SQL("SELECT setval(%s, greatest(nextval(%s), 1) + %s)"), [sequence, sequence, max(count, 1)])
        return int(cursor.fetchone()[0]) - max(count, 1)
