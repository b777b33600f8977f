"""Two machines that bring one database to a new version take turns, and never wait inside a statement."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.db import connection
from psycopg.pq import TransactionStatus

from huiyin.config import upgrade
from huiyin.config.upgrade import UPGRADE_LOCK, take_turn


def guard() -> psycopg.Connection[Any]:
    """A connection as the upgrade has it."""
    connection.ensure_connection()
    password = connection.settings_dict["PASSWORD"]
    return psycopg.connect(connection.connection.info.dsn, password=password, autocommit=True)


@pytest.mark.django_db
def test_the_second_waits_without_a_statement_until_the_first_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    found = []

    def pause(_seconds: float) -> None:
        found.append((first.info.transaction_status, second.info.transaction_status))
        first.execute("SELECT pg_advisory_unlock(%s)", [UPGRADE_LOCK])

    monkeypatch.setattr(upgrade.time, "sleep", pause)
    with guard() as first, guard() as second:
        take_turn(first)
        take_turn(second)
        free = first.execute("SELECT pg_try_advisory_lock(%s)", [UPGRADE_LOCK]).fetchone()
    assert free == (False,)
    assert found == [(TransactionStatus.IDLE, TransactionStatus.IDLE)]
