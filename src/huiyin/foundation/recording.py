"""The triggers of recorded tables: which columns there are, and the function that writes their rows to the journal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from psycopg import sql

# Passwords stay out of the journal; the journal's texts are made with these settings whatever the session has.
SECRET = "password"  # noqa: S105 - the name of a column
TEXTS = {"timezone": "UTC", "datestyle": "ISO", "intervalstyle": "postgres", "extra_float_digits": "1"}
_TEMPLATE = Path(__file__).with_name("recording.sql")
_COLUMNS = """
    SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute
     WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attname <> %s ORDER BY attnum
"""
_COMPARED_AS_TEXT = ("json", "numeric", "double", "real", "xml", "point")
Columns = list[tuple[str, str]]


def columns_of(cursor: Any, table: str) -> Columns:
    """The recorded columns of a table as it is now: (name, type)."""
    cursor.execute(_COLUMNS, [table, SECRET])
    return list(cursor.fetchall())


def same_texts(cursor: Any) -> None:
    """Until the transaction ends, values are written as the triggers write them."""
    for name, value in TEXTS.items():
        cursor.execute("SELECT set_config(%s, %s, true)", [name, value])


def shape_for(cursor: Any, table: str) -> tuple[int, Columns]:
    """The number of the table's present shape (a new one is noted), and its columns that its first shape lacked."""
    columns = columns_of(cursor, table)
    names, types = [name for name, _type in columns], [type_ for _name, type_ in columns]
    cursor.execute("SELECT id, names, types FROM foundation_rowshape WHERE subject = %s ORDER BY id", [table])
    known = cursor.fetchall()
    if not known or known[-1][1:] != (names, types):
        cursor.execute(
            "INSERT INTO foundation_rowshape (at, subject, names, types) VALUES (clock_timestamp(), %s, %s, %s)"
            " RETURNING id, names, types",
            [table, names, types],
        )
        known.append(cursor.fetchone())
    first = set(zip(known[0][1], known[0][2], strict=True))
    return known[-1][0], [column for column in columns if column not in first]


def whole(alias: str, columns: Columns) -> sql.Composed:
    """All columns of a row."""
    return sql.SQL(", ").join(sql.Identifier(alias, name) for name, _type in columns)


def _changed(column: str, type_: str, younger: Columns) -> sql.Composable:
    """A column if it changed; one that rows may have got by a migration is told with every change of its row."""
    new, old = sql.Identifier("new_row", column), sql.Identifier("old_row", column)
    value = sql.SQL("CASE WHEN {0} IS NULL THEN 'n' ELSE format('=%s', {0}) END").format(new)
    if (column, type_) in younger:
        return value
    differs = "{}::text IS DISTINCT FROM {}::text" if type_.startswith(_COMPARED_AS_TEXT) else "{} IS DISTINCT FROM {}"
    return sql.SQL(f"CASE WHEN {differs} THEN {{}} END").format(new, old, value)


def record(cursor: Any, table: str) -> int:
    """Gives a table its own function and triggers; returns the number of its shape."""
    shape, younger = shape_for(cursor, table)
    columns = columns_of(cursor, table)
    function = f"journal_of_{table}"
    cursor.execute(
        sql.SQL(_TEMPLATE.read_text()).format(
            function=sql.Identifier(function),
            shape=sql.Literal(shape),
            new_columns=whole("new_row", columns),
            old_columns=whole("old_row", columns),
            changed_columns=sql.SQL(", ").join(_changed(name, type_, younger) for name, type_ in columns),
        )
    )
    put_triggers(cursor, table, function)
    return shape


def put_triggers(cursor: Any, table: str, function: str) -> None:
    """Has ``function`` called once for every statement that changes the table."""
    for operation, rows in (
        ("INSERT", "NEW TABLE AS new_rows"),
        ("UPDATE", "NEW TABLE AS new_rows OLD TABLE AS old_rows"),
        ("DELETE", "OLD TABLE AS old_rows"),
    ):
        cursor.execute(
            sql.SQL(
                f"CREATE OR REPLACE TRIGGER {{name}} AFTER {operation} ON {{table}} REFERENCING {rows}"
                " FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
            ).format(
                name=sql.Identifier(f"journal_{operation.lower()}"),
                table=sql.Identifier(table),
                function=sql.Identifier(function),
            )
        )


def adopt(cursor: Any, table: str, shape: int) -> None:
    """Rows that a migration put into a table before its triggers were there begin their history here."""
    cursor.execute(
        sql.SQL(
            "INSERT INTO foundation_rowchange (at, row_id, shape_id, operation, actor, verb, data)"
            " SELECT clock_timestamp(), t.id, {shape}, 'insert', 'system', 'migrate', ROW({columns})::text"
            " FROM {table} t ORDER BY t.id"
        ).format(shape=sql.Literal(shape), columns=whole("t", columns_of(cursor, table)), table=sql.Identifier(table))
    )
