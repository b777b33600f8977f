"""A new row in one prepared sentence: putting an INSERT together anew costs more than carrying it out."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from django.db import connection, models

M = TypeVar("M", bound=models.Model)


def insert(row: M) -> M:
    """Writes a new row whose key the database gives, and answers with it, as ``save(force_insert=True)`` does.

    For tables without signals and without values that the database thinks up, beside the key.
    """
    statement, fields = _sentence(type(row))
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001 - what Django's own saving leaves
    return row


@cache
def _sentence(model: type[models.Model]) -> tuple[str, tuple[models.Field[Any, Any], ...]]:
    fields = tuple(field for field in model._meta.concrete_fields if not field.primary_key)
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(str(field.column)) for field in fields)
    marks = ", ".join("%s" for _field in fields)
    key = quoted(str(model._meta.pk.column))
    return f"INSERT INTO {quoted(model._meta.db_table)} ({columns}) VALUES ({marks}) RETURNING {key}", fields  # noqa: S608 - names of our tables
