"""Puts the journal's triggers and grants on after every migrate; runs as the role that owns the tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from psycopg import sql

from huiyin.foundation.kept import Settled
from huiyin.foundation.models import ActEntry, RowChange, RowShape, Seal
from huiyin.foundation.recorded import Recorded
from huiyin.foundation.recording import adopt, put_triggers, record, same_texts

_NEW_STAMP = """
    INSERT INTO foundation_settingsstamp (id, value) VALUES (1, nextval('foundation_stamps'))
    ON CONFLICT (id) DO UPDATE SET value = excluded.value
"""
JOURNALS = (ActEntry, RowShape, RowChange, Seal)


def recorded_tables() -> list[str]:
    """The tables of every model that inherits :class:`Recorded`."""
    return sorted(model._meta.db_table for model in apps.get_models() if issubclass(model, Recorded))


def install(**_: Any) -> None:
    """Creates the trigger functions, triggers for every recorded table, and the application's grants."""
    with transaction.atomic(), connection.cursor() as cursor:
        same_texts(cursor)
        cursor.execute((Path(__file__).parent / "journal.sql").read_text())
        for table in recorded_tables():
            new = not _has_triggers(cursor, table)
            shape = record(cursor, table)
            if new:
                adopt(cursor, table, shape)
        for model in JOURNALS:
            _freeze(cursor, model._meta.db_table)
        for table in (model._meta.db_table for model in apps.get_models() if issubclass(model, Settled)):
            _stamp(cursor, table)
        cursor.execute(_NEW_STAMP)
        _grant(cursor, settings.APPLICATION_ROLE)


def loosen(plan: Sequence[object] = (), **_: Any) -> None:
    """Before migrations alter columns: recorded tables get triggers that take the columns as they find them."""
    if not plan:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'journal_insert'")
        tables = [table for (table,) in cursor.fetchall()]
        for table in tables:
            put_triggers(cursor, table, "huiyin_journal")


def _has_triggers(cursor: Any, table: str) -> bool:
    cursor.execute("SELECT FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname = 'journal_insert'", [table])
    return cursor.fetchone() is not None


def _stamp(cursor: Any, table: str) -> None:
    cursor.execute(
        sql.SQL(
            "CREATE OR REPLACE TRIGGER settings_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION huiyin_settings_changed()"
        ).format(table=sql.Identifier(table))
    )


def _freeze(cursor: Any, table: str) -> None:
    guards = {"append_only": "UPDATE OR DELETE", "never_empty": "TRUNCATE"}
    if settings.TESTS_EMPTY_TABLES:
        del guards["never_empty"]
    for name, operations in guards.items():
        cursor.execute(
            sql.SQL(
                "CREATE OR REPLACE TRIGGER {name} BEFORE {operations} ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION huiyin_append_only()"
            ).format(name=sql.Identifier(name), operations=sql.SQL(operations), table=sql.Identifier(table))
        )


def _grant(cursor: Any, role: str) -> None:
    """The application may read and write everything, but only read and add to history, and never add row changes."""
    cursor.execute("SELECT current_user, EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", [role])
    owner, exists = cursor.fetchone()
    if not exists or owner == role:
        return
    app = sql.Identifier(role)
    for statement in (
        "GRANT USAGE ON SCHEMA public TO {app}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {app}",
        "GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {app}",
        "REVOKE UPDATE, DELETE, TRUNCATE ON foundation_actentry, foundation_seal FROM {app}",
        "REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON foundation_rowchange, foundation_rowshape FROM {app}",
        # Sealing locks them for a moment.
        "GRANT MAINTAIN ON foundation_actentry, foundation_rowchange, foundation_rowshape TO {app}",
    ):
        cursor.execute(sql.SQL(statement).format(app=app))
