"""More cases than a demo company has: copies of those that are there, with their stages, notes, plans and promises.

The copies stand in the past of their models, so that the queue of today stays what it is; what runs keeps running.
"""

from __future__ import annotations

from dataclasses import dataclass

from bench.scene import Scene

CASE = "cases.case"
COLUMNS = """
    SELECT column_name FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position
"""


@dataclass(frozen=True)
class Copied:
    """A table whose rows go along: what is written otherwise than in the model, and which rows are of a case.

    In both ``{o}`` is how far the numbers of the copied table move, ``{c}`` those of its case, ``{k}`` the copy.
    """

    table: str
    otherwise: dict[str, str]
    only: str = "case_id <= {limit}"


OF_A_CASE = {"id": "id + {o}", "case_id": "case_id + {c}"}
TABLES = (
    Copied(
        "cases_case",
        {
            "id": "id + {o}",
            "number": "number || '-' || {k}",
            "imported_as": "NULL",
            "repeat_of_id": "NULL",
            "received_at": "received_at - {k} * interval '3 days'",
        },
        "id <= {limit}",
    ),
    Copied("cases_casestage", OF_A_CASE),
    Copied("cases_casenote", {**OF_A_CASE, "message": "''", "message_id": "NULL"}),
    Copied("cases_caseplan", OF_A_CASE),
    Copied("cases_caseverdict", OF_A_CASE),
    Copied(
        "promises_promise",
        {"id": "id + {o}", "subject_id": "subject_id + {c}", "next_at": "NULL"},
        f"subject = '{CASE}' AND subject_id <= {{limit}}",
    ),
)


def grow(scene: Scene, cases: int) -> int:
    """Copies cases until there are so many, or more by less than one copy; returns how many there are."""
    standing = scene.column("SELECT count(*) FROM cases_case")[0]
    if standing == 0 or standing >= cases:
        return int(standing)
    limit = scene.column("SELECT max(id) FROM cases_case")[0]
    with scene.owner() as database:
        widths = {each.table: _width(scene, each.table) for each in TABLES}
        for each in TABLES:
            database.execute(f"ALTER TABLE {each.table} DISABLE TRIGGER USER")  # the journal is not what is measured
        for copy in range(1, -(-(cases - standing) // standing) + 1):
            for each in TABLES:
                database.execute(_copy(scene, each, copy, widths, limit))  # type: ignore[arg-type]
        for each in TABLES:
            database.execute(f"ALTER TABLE {each.table} ENABLE TRIGGER USER")
            database.execute(f"SELECT setval(pg_get_serial_sequence('{each.table}', 'id'), max(id)) FROM {each.table}")
        database.execute("VACUUM (ANALYZE)")
    return int(scene.column("SELECT count(*) FROM cases_case")[0])


def _width(scene: Scene, table: str) -> int:
    return int(scene.column(f"SELECT coalesce(max(id), 0) FROM {table}")[0])


def _copy(scene: Scene, what: Copied, copy: int, widths: dict[str, int], limit: int) -> str:
    names = scene.column(COLUMNS, what.table)
    words = {"o": copy * widths[what.table], "c": copy * widths["cases_case"], "k": copy, "limit": limit}
    values = [what.otherwise.get(name, f'"{name}"').format(**words) for name in names]
    columns = ", ".join(f'"{name}"' for name in names)
    own = f"id <= {widths[what.table]}"
    return (
        f"INSERT INTO {what.table} ({columns}) SELECT {', '.join(values)} FROM {what.table}"
        f" WHERE {own} AND {what.only.format(limit=limit)}"
    )
