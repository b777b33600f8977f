"""Says something at once beside a running transaction, so that others see how far it is."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import DEFAULT_DB_ALIAS, OperationalError, connections

PATIENCE = "500ms"


def say_beside(statement: str, values: Sequence[str | int]) -> None:
    """Carries out one statement on a connection of its own and commits it.

    For rows that the running transaction has not changed itself: where somebody holds them, nothing is said. What is
    said is not taken back when the transaction fails.
    """
    beside = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        with beside.cursor() as cursor, beside.connection.transaction():
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
            cursor.execute(statement, values)
    except OperationalError:
        return
    finally:
        beside.close()
